import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';

const PATH = '.github/known-good.yml';
const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/config/${name}`, import.meta.url), 'utf8');

function configError(text: string): string {
  try {
    parseConfig(text, PATH);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
  return 'no error';
}

/** A config of one binary model whose parts can be replaced. */
function withModel(parts: string): string {
  return `version: 1\nmodels:\n  m:\n    task: binary-classification\n    artifact: m.onnx\n    data: { test: { path: t.csv, label: y } }\n${parts}`;
}

describe('parseConfig', () => {
  it('takes every section', () => {
    const config = parseConfig(fixture('bank.yml'), PATH);
    const bank = config.models['bank'];
    expect(bank?.gates?.latency).toEqual({ p50: 1, p95: 5, p99: 50, max_ratio: 1.5, cold_start: 2000 });
    expect(bank?.gates?.memory).toEqual({ peak_rss: 512 * 2 ** 20, file: 50e6 });
    expect(bank?.gates?.metrics?.accuracy).toEqual({ min: 0.8, compare: 'off' });
    expect(bank?.data.slices).toEqual(['job', { column: 'age', edges: [30, 45, 60] }]);
    expect(bank?.outputs?.positive).toBe(1);
    expect(Object.keys(config.environments ?? {})).toEqual(['staging', 'production']);
  });

  it('takes the least, and anchors', () => {
    const { models } = parseConfig(fixture('bike.yml'), PATH);
    expect(models['bike-elsewhere']?.gates).toEqual(models['bike']?.gates);
    expect(models['bike-elsewhere']?.baseline).toBe('none');
  });

  it.each(['broken', 'broken-environments'])('tells everything that is wrong in %s.yml at once', (name) => {
    const error = configError(fixture(`${name}.yml`));
    expect(error).toBe(`config: ${fixture(`${name}.errors.txt`).trimEnd()}`);
    const [first, ...lines] = error.split('\n');
    expect(first).toBe(`config: ${PATH} has ${lines.length} problems; correct it and run again:`);
    for (const line of lines)
      expect(line).toMatch(/^\.github\/known-good\.yml:\d+:\d+ {2}[\w.[\]-]+: .*allowed: .+$/);
  });

  it.each([
    ['a list that does not end', 'a: [', '1:5  not readable: Flow sequence'],
    ['a key twice', 'version: 1\nversion: 1', '2:1  not readable: Map keys must be unique'],
    ['a tag', 'models: !foo {}', '1:9  not readable: Unresolved tag: !foo'],
    [
      'a login without quotation marks',
      'a: [maintain, @alice]',
      '1:15  not readable: Plain value cannot start with reserved character @; put it in quotation marks, such as "@alice"',
    ],
    ['a list as a key', '? [a]\n: 1', '1:3  not readable: With stringKeys, all keys must be strings'],
    ['a special key', 'models: { __proto__: {} }', '1:11  the key "__proto__" is not allowed; rename it'],
    ['two documents', 'a: 1\n---\nb: 2', '2:1  not readable: a second document begins here'],
    ['nothing', '', '1:1  (document): saw null, allowed: a mapping of version, models, environments'],
    ['a list', '[1]', '1:1  (document): saw [1], allowed: a mapping'],
    ['no model', 'version: 1\nmodels: {}', '2:9  models: saw {}, allowed: at least one model'],
    [
      'an empty key',
      'version: 1\nmodels:',
      '2:8  models: saw null, allowed: a mapping of model name to model',
    ],
    ['a circle', 'a: &a\n  - [*a]', '2:6  not readable: *a stands within itself; write it out'],
    ['a merge key', 'version: 1\n<<: {}\nmodels: {}', '2:1  ["<<"]: unknown key'],
    ['too deep', '['.repeat(100_000), 'nests too deeply to be read'],
    ['too large', '#'.repeat(2 ** 20 + 1), 'is larger than 1 MiB'],
  ])('%s', (_, text, message) => {
    const error = configError(text);
    expect(error.startsWith(`config: ${PATH}`)).toBe(true);
    expect(error).toContain(message);
  });

  it('stops an alias bomb', () => {
    const nine = (name: string) => `[${Array.from({ length: 9 }, () => name).join(', ')}]`;
    const bomb = `a: &a ${nine('x')}\nb: &b ${nine('*a')}\nc: &c ${nine('*b')}\nd: ${nine('*c')}\n`;
    expect(configError(bomb)).toContain('repeats itself by aliases too often');
  });

  it('shows hostile values cut and on one line', () => {
    const error = configError(`version: "${'\\n@all <b>'.repeat(50)}\\u202e"\nmodels: {}`);
    expect(error.split('\n')).toHaveLength(3);
    expect(error.length).toBeLessThan(500);
  });
});

describe('rules across keys', () => {
  it.each([
    [
      'a comparison is the rule',
      '    gates: { metrics: { roc_auc: { min: 0.7 } } }',
      'max_drop is missing: allowed: max_drop, or compare: off',
    ],
    ['a mere metric', '    gates: { metrics: { roc_auc: {} } }', 'max_drop is missing'],
    [
      'an unpaired drop',
      '    gates: { metrics: { f1: { max_drop: 0.1 } } }',
      'no interval with a known error rate exists for this metric',
    ],
    [
      'a metric of another task',
      '    gates: { metrics: { mae: { max: 3 } } }',
      'not a metric of binary-classification, allowed: roc_auc',
    ],
    [
      'a bound for a share',
      '    gates: { metrics: { brier: { max_drop: 0.1, bound: 1 } } }',
      'only for log_loss, mae, rmse, bias, mean_score',
    ],
    [
      'a nearly known metric',
      '    gates: { metrics: { pr_auc: { min: 0.1 } } }',
      'did you mean average_precision?',
    ],
  ])('%s', (_, parts, message) => expect(configError(withModel(parts))).toContain(message));

  it.each([
    ['compare: off', '    gates: { metrics: { roc_auc: { min: 0.7, compare: off } } }'],
    ['no champion', '    baseline: none\n    gates: { metrics: { roc_auc: { min: 0.7 } } }'],
    ['an unpaired floor', '    gates: { metrics: { f1: { min: 0.7 } } }'],
    ['an unpaired drop on points', '    gates: { metrics: { f1: { max_drop: 0.1, decide: point } } }'],
    ['a git revision', '    baseline: { git: v1.0.0 }'],
  ])('%s is right', (_, parts) => expect(configError(withModel(parts))).toBe('no error'));

  it('takes the range of scores, and nothing but a range', () => {
    const scores = (bound: string) =>
      `version: 1\nmodels:\n  m:\n    task: score\n    data: { predictions: { path: t.csv, challenger: b, champion: a } }\n    gates: { metrics: { mean_score: { max_drop: 0.1, bound: ${bound} } } }`;
    expect(configError(scores('{ low: 1, high: 5 }'))).toBe('no error');
    expect(configError(scores('{ low: 5, high: 1 }'))).toContain('low below high');
    expect(configError(scores('5'))).toContain('models.m.gates.metrics.mean_score.bound: saw 5');
  });

  it('judges an environment by what its gates come to', () => {
    const gates = '    gates: { metrics: { roc_auc: { min: 0.7, max_drop: 0.01 } } }\n';
    const environment = (metric: string) =>
      `environments: { e: { gates: { m: { metrics: { roc_auc: { ${metric} } } } } } }`;
    expect(configError(withModel(gates + environment('min: 0.8')))).toBe('no error');
    expect(configError(withModel(gates + environment('max: 0.6')))).toContain(
      'environments.e.gates.m.metrics.roc_auc.min: saw 0.7',
    );
    expect(configError(withModel(gates + environment('compare: off')))).toContain('compare is off');
  });
});
