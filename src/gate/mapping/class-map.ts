import type { Answers } from './answers.ts';
import { labelsProve } from './label-agrees.ts';
import { formatCount } from '../../core/format-number.ts';
import { quote } from '../../verdict/sentences.ts';
import type { BinaryScheme, LabelScheme } from './to-sample.ts';

/** The class of each column that a model gives, and how that is known. */
export interface ClassMap {
  /** One class a column; of a single column the class whose probability it is. */
  columns: readonly string[];
  /** `undefined` when nobody says it: the map is assumed. */
  because: string | undefined;
}

/** What may tell the class of a column. */
export interface ClassEvidence {
  scheme: LabelScheme;
  /** Absent for predictions made elsewhere. */
  answers: Answers | undefined;
  /** The classes that the model's own file names, in the order of its columns. */
  fileClasses: readonly string[] | undefined;
  /** Of predictions made elsewhere: whether the header names the class of this side's columns. */
  named?: boolean | undefined;
}

/** Which class each column is: never known by position alone. `undefined` for a regression, whose number needs no class. */
export function classMap(evidence: ClassEvidence): ClassMap | undefined {
  const { scheme, answers, named } = evidence;
  if (scheme.task === 'regression') return undefined;
  const byHeader = named ?? scheme.classesFrom === 'header';
  if (answers === undefined && byHeader) return { columns: scheme.classes, because: HEADER };
  const width = answers?.width ?? 1;
  if (scheme.task === 'binary-classification' && width === 1)
    return { columns: [scheme.positive], because: whyPositive(scheme, answers) };
  return { columns: scheme.classes, because: whyColumns({ ...evidence, scheme }) };
}

const HEADER = "from the table's header";

type ClassScheme = Exclude<LabelScheme, { task: 'regression' }>;

function whyColumns({ scheme, answers, fileClasses }: ClassEvidence & { scheme: ClassScheme }) {
  const { classes, classesFrom } = scheme;
  if (classesFrom === 'config') return 'as configured';
  if (classesFrom === 'header') return HEADER;
  if (fileClasses !== undefined) return sameClasses(fileClasses, classes) ? 'from the ONNX file' : undefined;
  if (areNumbered(classes)) return `the labels are 0 to ${formatCount(classes.length - 1)}`;
  if (answers !== undefined && labelsProve(answers, classes)) return 'the label output agrees on every row';
  if (classesFrom === undefined && secondIsPositive(scheme)) return 'as the positive class is the second one';
  return undefined;
}

/** Columns sorted by label and columns of negative and positive are then the same. */
function secondIsPositive(scheme: ClassScheme): boolean {
  return (
    scheme.task === 'binary-classification' &&
    scheme.positiveNamed === true &&
    scheme.positive === scheme.classes[1]
  );
}

/** Pairs whose positive class nobody doubts. */
const USUAL: readonly (readonly [negative: string, positive: string])[] = [
  ['0', '1'],
  ['-1', '1'],
  ['no', 'yes'],
  ['n', 'y'],
  ['neg', 'pos'],
  ['negative', 'positive'],
];

/** Whether the names of two classes say which one is positive: `0` and `1`, `no` and `yes`; case does not count. */
export function isUsualPair(negative: string, positive: string): boolean {
  const [low, high] = [negative, positive].map((label) => label.toLowerCase());
  return USUAL.some(([no, yes]) => no === low && yes === high);
}

function whyPositive(scheme: BinaryScheme, answers: Answers | undefined): string | undefined {
  const { negative, positive, classes, classesFrom, positiveNamed } = scheme;
  if (positiveNamed === true) return 'as configured';
  if (classesFrom !== undefined && classesFrom !== 'header')
    return classes[1] === positive ? 'the second of the classes' : undefined;
  if (isUsualPair(negative, positive)) return 'as its name says';
  return answers !== undefined && labelsProve(answers, [negative, positive])
    ? 'the label output agrees on every row'
    : undefined;
}

/** Whether two lists of classes are the same, in the same order. */
export function sameClasses(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, k) => name === b[k]);
}

/** Whether classes are the numbers 0 to K−1: their own columns. */
export function areNumbered(classes: readonly string[]): boolean {
  return classes.every((name, k) => name === String(k));
}

const MOST_COLUMNS = 20;

/** `column 0 = "bad", column 1 = "good"`; of a single column whose probability it is. */
export function classMapText({ columns }: ClassMap): string {
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) return `the probability of ${quote(only)}`;
  const shown = columns.slice(0, MOST_COLUMNS).map((name, k) => `column ${k} = ${quote(name)}`);
  const rest = columns.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`;
}
