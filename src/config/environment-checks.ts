import { formatLane } from '../core/lane.ts';
import { nearestName } from '../core/nearest-name.ts';
import { seen } from '../core/seen.ts';
import { valueAt, type DocumentProblem } from './document-problems.ts';
import { keysOf, laneTags, type LaneTag } from './lane-tags.ts';

type Path = readonly PropertyKey[];

function problem(path: Path, message: string, atKey = false): DocumentProblem {
  return { path, message, atKey };
}

/** `, allowed: "a", "b"; did you mean "a"?` for a name that is none of those. */
function allowedNames(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  const list = names.length === 0 ? 'none' : names.map((each) => seen(each)).join(', ');
  return `allowed: ${list}${near === undefined ? '' : `; did you mean ${seen(near)}?`}`;
}

function afterOf(config: unknown, environment: string): string | undefined {
  const after = valueAt(config, ['environments', environment, 'after']);
  return typeof after === 'string' ? after : undefined;
}

/** Unknown predecessors, circles of them, and ones in which nothing is ever promoted. */
function checkOrder(config: unknown, environment: string): DocumentProblem[] {
  const path = ['environments', environment, 'after'];
  const after = afterOf(config, environment);
  if (after === undefined) return [];
  const all = keysOf(valueAt(config, ['environments']));
  if (!all.includes(after)) {
    const others = all.filter((name) => name !== environment);
    return [problem(path, `no such environment, ${allowedNames(after, others)}`)];
  }
  const circle = circleFrom(config, environment);
  if (circle !== undefined) {
    const names = circle.map((name) => seen(name)).join(' after ');
    return [problem(path, `a circle: ${names}, allowed: an order with a first environment`)];
  }
  const has = (name: string) => valueAt(config, ['environments', name, 'tag']) !== undefined;
  if (!has(environment)) return [];
  if (has(after) && valueAt(config, ['environments', after, 'verify']) === undefined) {
    const why = `verify is missing: ${seen(environment)} asks for healthy in ${seen(after)}, and without probes nothing is ever proved healthy there`;
    return [problem(['environments', after], `${why}, allowed: a list of probes`)];
  }
  if (has(after)) return [];
  return [
    problem(path, `${seen(after)} has no tag, so nothing gets there, allowed: an environment with a tag`),
  ];
}

/** The environments from one back to itself by `after`; `undefined` where that ends elsewhere. */
function circleFrom(config: unknown, environment: string): string[] | undefined {
  const passed = [environment];
  for (let next = afterOf(config, environment); next !== undefined; next = afterOf(config, next)) {
    if (next === environment) return [...passed, next];
    if (passed.includes(next)) return undefined;
    passed.push(next);
  }
  return undefined;
}

/** Whether the models that are promoted have images, and the tags are those of models. */
function checkTag(config: unknown, environment: string): DocumentProblem[] {
  const path = ['environments', environment, 'tag'];
  const tag = valueAt(config, path);
  const models = keysOf(valueAt(config, ['models']));
  const image = (model: string) => valueAt(config, ['models', model, 'image']);
  if (typeof tag === 'string') {
    const bare = models.every((model) => image(model) === undefined);
    const how = 'allowed: with models.NAME.image, the repository in which this tag moves';
    return bare && models.length > 0 ? [problem(path, `no model has an image, ${how}`)] : [];
  }
  return keysOf(tag).flatMap((model) => {
    const at = [...path, model];
    if (!models.includes(model)) return [problem(at, `no such model, ${allowedNames(model, models)}`, true)];
    if (image(model) !== undefined) return [];
    return [
      problem(at, `models.${model} has no image, allowed: with the repository in which this tag moves`, true),
    ];
  });
}

/** More would be a mistake, or an attack on whoever reads the config. */
const MOST_LANES = 10_000;

/** Two lanes that move the same tag, or of which one would move a tag that the other keeps its releases by. */
function checkClashes(config: unknown): DocumentProblem[] {
  const [models, environments] = ['models', 'environments'].map(
    (key) => keysOf(valueAt(config, [key])).length,
  );
  if ((models ?? 0) * (environments ?? 0) > MOST_LANES) {
    return [problem(['environments'], `models times environments, allowed: at most ${MOST_LANES}`)];
  }
  const lanes = laneTags(config);
  const first = new Map<string, LaneTag>();
  for (const lane of lanes) if (!first.has(keyOf(lane))) first.set(keyOf(lane), lane);
  return lanes.flatMap((lane) => {
    const twin = first.get(keyOf(lane));
    const clash =
      twin !== undefined && twin !== lane
        ? sameTag(lane, twin)
        : anchorClash(lane, first.get(keyOf({ ...lane, tag: lane.tag.replace(/-\d+$/, '') })));
    return clash === undefined ? [] : [problem(lane.path, clash)];
  });
}

function keyOf({ image, tag }: LaneTag): string {
  return `${image}:${tag}`;
}

const OWN_TAG = 'allowed: a tag of its own for every lane of an image';

function sameTag(lane: LaneTag, twin: LaneTag): string {
  const how = lane.environment === twin.environment ? ', such as tag: { MODEL: TAG, … }' : '';
  return `${formatLane(twin)} and ${formatLane(lane)} would both move ${seen(keyOf(lane), 200)}, ${OWN_TAG}${how}`;
}

function anchorClash(lane: LaneTag, keeper: LaneTag | undefined): string | undefined {
  if (keeper === undefined || keeper.tag === lane.tag) return undefined;
  const names = `${keeper.tag}-NUMBER`;
  return `saw ${seen(lane.tag)}, a tag under which ${formatLane(keeper)} keeps its releases (${names}), ${OWN_TAG}`;
}

/** The rules of one probe. */
function checkProbe(probe: unknown, path: Path): DocumentProblem[] {
  // What is no mapping at all is refused by the schema.
  if (typeof probe !== 'object' || probe === null) return [];
  const has = (...keys: string[]) => valueAt(probe, keys) !== undefined;
  const problems: DocumentProblem[] = [];
  if (has('get') === has('post')) {
    const what = has('get') ? 'get and post' : 'neither get nor post';
    problems.push(problem(path, `saw ${what}, allowed: exactly one of get: URL and post: URL`));
  }
  if (has('body') && !has('post')) problems.push(problem([...path, 'body'], 'allowed: only with post', true));
  if (has('golden') && !has('post')) {
    problems.push(problem([...path, 'golden'], 'allowed: only with post', true));
  }
  if (has('golden') && has('body')) {
    const why = 'golden sends the release’s own request, allowed: golden or body, not both';
    problems.push(problem([...path, 'body'], why, true));
  }
  return [...problems, ...checkExpectation(valueAt(probe, ['json']), [...path, 'json'])];
}

function checkExpectation(json: unknown, path: Path): DocumentProblem[] {
  if (keysOf(json).length === 0) return [];
  const equals = valueAt(json, ['equals']);
  const [hasEquals, hasIs] = [equals !== undefined, valueAt(json, ['is']) !== undefined];
  const problems: DocumentProblem[] = [];
  if (hasEquals === hasIs) {
    const what = hasEquals ? 'equals and is' : 'neither equals nor is';
    problems.push(problem(path, `saw ${what}, allowed: exactly one of them`));
  }
  if (valueAt(json, ['tolerance']) !== undefined && typeof equals !== 'number') {
    problems.push(problem([...path, 'tolerance'], 'allowed: only with equals and a number', true));
  }
  return problems;
}

function checkProbes(config: unknown, environment: string): DocumentProblem[] {
  const path = ['environments', environment, 'verify'];
  const probes = valueAt(config, path);
  if (!Array.isArray(probes)) return [];
  return probes.slice(0, 100).flatMap((probe, index) => checkProbe(probe, [...path, index]));
}

/** The rules across the keys and environments of a config that is promoted by, on the data as it was written. */
export function environmentChecks(config: unknown): DocumentProblem[] {
  const environments = keysOf(valueAt(config, ['environments']));
  return [
    ...environments.flatMap((name) => [
      ...checkOrder(config, name),
      ...checkTag(config, name),
      ...checkProbes(config, name),
    ]),
    ...checkClashes(config),
  ];
}
