import { METRIC_KEYS, METRICS, metricsOf, type MetricKey } from '../core/metric.ts';
import { nearestName } from '../core/nearest-name.ts';
import { seen } from '../core/seen.ts';
import { TASKS, type Task } from '../core/task.ts';
import type { DocumentProblem } from './document-problems.ts';
import { valueAt } from './document-problems.ts';
import { environmentChecks } from './environment-checks.ts';
import { keysOf } from './lane-tags.ts';
import { layOver } from './lay-over.ts';

type Path = readonly PropertyKey[];

function problem(path: Path, message: string, atKey = false): DocumentProblem {
  return { path, message, atKey };
}

function isMetric(key: string): key is MetricKey {
  return METRIC_KEYS.some((known) => known === key);
}

function isTask(value: unknown): value is Task {
  return TASKS.some((task) => task === value);
}

function metricsFit(section: unknown, path: Path, task: Task): DocumentProblem[] {
  const fitting = metricsOf(task);
  return keysOf(section)
    .filter((key) => isMetric(key) && !fitting.includes(key))
    .map((key) => problem([...path, key], `not a metric of ${task}, allowed: ${fitting.join(', ')}`, true));
}

/** Metrics whose single rows can lose any amount. */
const UNBOUNDED: readonly MetricKey[] = ['log_loss', 'mae', 'rmse', 'bias', 'mean_score'];

/** The rules of one metric's limits; `noChampion` = baseline: none. */
function metricRules(
  gate: unknown,
  key: MetricKey,
  noChampion: boolean,
): [field: string | undefined, message: string][] {
  const has = (field: string) => valueAt(gate, [field]) !== undefined;
  const rules: [string | undefined, string][] = [];
  const off = valueAt(gate, ['compare']) === 'off';
  const { paired } = METRICS[key];
  if (paired && !off && !noChampion && !has('max_drop')) {
    rules.push([undefined, 'max_drop is missing: allowed: max_drop, or compare: off']);
  }
  if (off && has('max_drop'))
    rules.push(['max_drop', 'compare is off: allowed: max_drop or compare: off, not both']);
  if (!paired && has('max_drop') && valueAt(gate, ['decide']) !== 'point') {
    const why = 'no interval with a known error rate exists for this metric';
    rules.push(['max_drop', `${why}: allowed: max_drop together with decide: point`]);
  }
  if (has('bound') && !UNBOUNDED.includes(key)) {
    rules.push(['bound', `allowed: only for ${UNBOUNDED.join(', ')}, whose rows have no bound of their own`]);
  }
  const [min, max] = [valueAt(gate, ['min']), valueAt(gate, ['max'])];
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    rules.push(['min', `saw ${seen(min)}, allowed: at most max, which is ${seen(max)}`]);
  }
  return rules;
}

/** Checks the gates of a model; `gates` is what applies, `written` the section that stands at `path`. */
function checkGates(
  gates: unknown,
  written: unknown,
  { path, model }: { path: Path; model: unknown },
): DocumentProblem[] {
  const task = valueAt(model, ['task']);
  const noChampion = valueAt(model, ['baseline']) === 'none';
  const metrics = [...path, 'metrics'];
  const rules = keysOf(valueAt(written, ['metrics'])).flatMap((key) => {
    const gate = valueAt(gates, ['metrics', key]);
    if (!isMetric(key) || typeof gate !== 'object') return [];
    return metricRules(gate, key, noChampion).map(([field, message]) =>
      problem([...metrics, key, ...(field === undefined ? [] : [field])], message),
    );
  });
  if (!isTask(task)) return rules;
  return [
    ...metricsFit(valueAt(written, ['metrics']), metrics, task),
    ...metricsFit(valueAt(written, ['slices', 'max_drop']), [...path, 'slices', 'max_drop'], task),
    ...rules.filter(({ path: at }) => metricsOf(task).some((key) => key === at[metrics.length])),
  ];
}

function checkData(model: unknown, path: Path): DocumentProblem[] {
  const at = [...path, 'data'];
  const data = valueAt(model, ['data']);
  if (keysOf(data).length === 0) return [];
  const has = (...keys: string[]) => valueAt(data, keys) !== undefined;
  const problems: DocumentProblem[] = [];
  if (!has('test') && !has('predictions'))
    problems.push(problem(at, 'test is missing: allowed: test or predictions'));
  if (!has('predictions') && valueAt(model, ['artifact']) === undefined) {
    problems.push(problem(path, 'artifact is missing: allowed: a path, or data.predictions'));
  }
  if (has('predictions') && !has('predictions', 'label') && valueAt(model, ['task']) !== 'score') {
    problems.push(problem([...at, 'predictions'], 'label is missing: allowed: the name of a column'));
  }
  for (const set of ['test', 'frozen']) {
    if (has(set, 'join') && !has(set, 'id')) {
      problems.push(problem([...at, set], 'id is missing: allowed: the column by which to join'));
    }
  }
  if (has('train') && has('train', 'id') && has('test') && !has('test', 'id')) {
    problems.push(
      problem([...at, 'test'], 'id is missing: allowed: the column that data.train.id is compared with'),
    );
  }
  return problems;
}

/** A limit that no metric of the task could meet would be a limit that nobody looks at. */
function checkShadow(model: unknown, path: Path): DocumentProblem[] {
  const at = [...path, 'shadow'];
  const task = valueAt(model, ['task']);
  const fits = ['metrics', 'max_drop'].flatMap((key) =>
    isTask(task) ? metricsFit(valueAt(model, ['shadow', key]), [...at, key], task) : [],
  );
  const [from, to] = ['from', 'to'].map((end) => valueAt(model, ['shadow', 'window', end]));
  const isEmpty = typeof from === 'string' && typeof to === 'string' && Date.parse(from) >= Date.parse(to);
  if (!isEmpty) return fits;
  const message = `saw ${seen(to)}, allowed: a date after from, which is ${seen(from)}`;
  return [...fits, problem([...at, 'window', 'to'], message)];
}

function checkEnvironment(config: unknown, environment: string): DocumentProblem[] {
  const path = ['environments', environment, 'gates'];
  const models = keysOf(valueAt(config, ['models']));
  const gates = valueAt(config, path);
  return keysOf(gates).flatMap((name) => {
    if (!models.includes(name)) {
      const near = nearestName(name, models);
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      return [
        problem(
          [...path, name],
          `no such model, allowed: ${models.map((m) => seen(m)).join(', ')}${hint}`,
          true,
        ),
      ];
    }
    const model = valueAt(config, ['models', name]);
    const written = valueAt(gates, [name]);
    return checkGates(layOver(valueAt(model, ['gates']), written), written, { path: [...path, name], model });
  });
}

/** The rules that no single key can hold, checked on the data as it was written, however wrong the rest of it is. */
export function crossChecks(config: unknown): DocumentProblem[] {
  const models = keysOf(valueAt(config, ['models'])).flatMap((name) => {
    const path = ['models', name];
    const model = valueAt(config, path);
    const gates = valueAt(model, ['gates']);
    return [
      ...checkGates(gates, gates, { path: [...path, 'gates'], model }),
      ...checkData(model, path),
      ...checkShadow(model, path),
    ];
  });
  const environments = keysOf(valueAt(config, ['environments']));
  return [
    ...models,
    ...environments.flatMap((name) => checkEnvironment(config, name)),
    ...environmentChecks(config),
  ];
}
