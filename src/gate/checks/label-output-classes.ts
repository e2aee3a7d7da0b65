import type { CheckResult } from '../../core/check.ts';
import type { DataFacts, GateFacts, SideFacts } from '../facts.ts';
import { classMap, classMapText } from '../mapping/class-map.ts';
import type { ClassMap } from '../mapping/class-map.ts';
import { fileClasses } from '../mapping/file-classes.ts';
import { orderByLabels, ownLabels } from '../mapping/label-agrees.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';

interface Assumed {
  name: 'challenger' | 'champion';
  map: ClassMap;
  /** Labels that the model gives itself and no class is called. */
  foreign: readonly string[];
  /** The order of the classes that the model's own labels prove. */
  order: readonly string[] | undefined;
}

/** Holds where the class of a model's columns is assumed: a wrong map can pass by chance. Says nothing where all is known. */
export function checkClasses({ data, challenger, champion }: GateFacts): CheckResult[] {
  return data.flatMap((each) => {
    const sides = [
      assumed('challenger', each, challenger),
      ...(each.champion === undefined ? [] : [assumed('champion', each, champion)]),
    ].filter((side) => side !== undefined);
    const [first] = sides;
    return first === undefined ? [] : [held(each, sides, first)];
  });
}

function assumed(
  name: Assumed['name'],
  { scheme, ...data }: DataFacts,
  side: SideFacts | undefined,
): Assumed | undefined {
  const measured = data[name];
  if (!scheme.known || measured?.known !== true) return undefined;
  const { answers, named } = measured.value;
  const own =
    side?.outputs.known === true ? fileClasses(side.structure, side.outputs.value.numbers) : undefined;
  const map = classMap({ scheme: scheme.value, answers, fileClasses: own, named });
  if (map === undefined || map.because !== undefined || scheme.value.task === 'regression') return undefined;
  const { classes } = scheme.value;
  const labels = answers === undefined ? undefined : ownLabels(answers, classes);
  return {
    name,
    map,
    foreign: [...new Set(labels)].filter((label) => !classes.includes(label)),
    order: answers === undefined ? undefined : orderByLabels(answers, map.columns),
  };
}

function held(data: DataFacts, sides: readonly Assumed[], first: Assumed): CheckResult {
  return result({
    id: data.role === 'frozen' ? 'label-output.frozen.classes' : 'label-output.classes',
    check: 'label-output',
    role: 'gate',
    outcome: 'hold',
    reason: 'classes-assumed',
    subject: data.role,
    n: data.rows,
    message: `${sentence(sides, first, data)} Assumed: ${assumption(first.map)}.`,
    settle: first.map.columns.length === 1 ? namePositive(first.map, data) : nameClasses(first),
  });
}

function assumption(map: ClassMap): string {
  return map.columns.length === 1 ? quote(map.columns[0] ?? '') : classMapText(map);
}

function sentence(sides: readonly Assumed[], first: Assumed, data: DataFacts): string {
  const who = `the ${sides.map((side) => side.name).join(' and the ')}`;
  if (first.foreign.length > 0)
    return `The label output of the ${first.name} says ${listNames(first.foreign)}, and the labels of the table are ${labelsOf(data)}: nobody says which is which.`;
  return first.map.columns.length === 1
    ? `Nobody says what the number of ${who} is the probability of.`
    : `Nobody says which class each column of ${who} is.`;
}

function labelsOf({ scheme }: DataFacts): string {
  return scheme.known && scheme.value.task !== 'regression' ? listNames(scheme.value.classes) : 'others';
}

function namePositive({ columns }: ClassMap, { scheme }: DataFacts): string {
  const positive = columns[0] ?? '';
  const classes = scheme.known && scheme.value.task !== 'regression' ? scheme.value.classes : [];
  const others = classes.filter((name) => name !== positive).map((name) => JSON.stringify(name));
  const other = others.length === 0 ? '' : ` (or ${others.join(', ')})`;
  const name = JSON.stringify(positive);
  return `Name the positive class: --positive ${name}${other}, or outputs: { positive: ${name} } in the config.`;
}

function nameClasses({ map: { columns }, order }: Assumed): string {
  const read = order ?? columns;
  const say = `${classesFlag(read)}outputs: { classes: ${JSON.stringify(read)} } in the config.`;
  return order === undefined
    ? `If that is right, say so: ${say} Else give them in the order of the model's columns.`
    : `The model's own labels agree with ${listNames(order)} on every row. If that is right, say so: ${say}`;
}

/** The flag that names the classes, and an "or" behind it; `''` where a class has a comma in its name. */
export function classesFlag(classes: readonly string[]): string {
  return classes.some((name) => name.includes(','))
    ? ''
    : `--classes ${JSON.stringify(classes.join(','))}, or `;
}
