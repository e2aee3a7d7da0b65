import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Task } from '../../core/task.ts';
import { booleanAsNumber } from '../../gate/mapping/boolean-labels.ts';
import { binaryClasses, countLabels, numericLabels } from '../../gate/mapping/labels.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { ClassSource, LabelScheme } from '../../gate/mapping/to-sample.ts';

/** What labels mean, before they are seen. */
export interface Scheme {
  task: Task;
  threshold: number;
  /** Where the champion decides by another one. */
  championThreshold?: number;
  /** Class names in the order of the model's columns, and who names them; `undefined` where nobody does. */
  classes: { names: readonly string[]; from: ClassSource } | undefined;
  positive: string | undefined;
}

/** What labels mean once they are seen, with what had to be guessed. */
export interface ResolvedScheme {
  scheme: Fact<LabelScheme>;
  assumptions: string[];
}

/** How labels become classes or numbers. Unknown where the labels do not fit the task, or the classes that somebody names. */
export function resolveScheme(labels: readonly string[], wish: Scheme): ResolvedScheme {
  switch (wish.task) {
    case 'binary-classification':
      return binaryScheme(labels, { ...wish, task: wish.task });
    case 'multiclass-classification':
      return { scheme: multiclassScheme(labels, wish), assumptions: [] };
    case 'regression': {
      const values = numericLabels(labels);
      return {
        scheme: values.known ? known({ task: wish.task, values: values.value }) : values,
        assumptions: [],
      };
    }
    case 'score':
      return {
        scheme: unknown('Scores are compared with --predictions; there is no model to run.'),
        assumptions: [],
      };
  }
}

function binaryScheme(
  labels: readonly string[],
  wish: Scheme & { task: 'binary-classification' },
): ResolvedScheme {
  const found = binaryClasses(labels, asWritten(wish.positive, labels));
  if (!found.known) return { scheme: found, assumptions: [] };
  const natural = [...countLabels(labels).keys()];
  const clash = strangeLabels(natural, wish.classes);
  if (clash !== undefined) return { scheme: unknown(clash), assumptions: [] };
  const { negative, positive, guessed } = found.value;
  const scheme: LabelScheme = {
    task: wish.task,
    negative,
    positive,
    threshold: wish.threshold,
    // Exporters sort the classes: which one is positive does not change the order of the model's columns.
    classes: wish.classes?.names ?? natural,
    positiveNamed: wish.positive !== undefined,
    ...(wish.classes === undefined ? {} : { classesFrom: wish.classes.from }),
  };
  return { scheme: known(scheme), assumptions: guessed === undefined ? [] : [guessed] };
}

/** The configured positive class in the form of the labels: `true` where booleans were read as 0 and 1. */
function asWritten(positive: string | undefined, labels: readonly string[]): string | undefined {
  if (positive === undefined || labels.includes(positive)) return positive;
  return booleanAsNumber(positive) ?? positive;
}

function multiclassScheme(labels: readonly string[], { classes }: Scheme): Fact<LabelScheme> {
  const natural = [...countLabels(labels).keys()];
  const clash = strangeLabels(natural, classes);
  if (clash !== undefined) return unknown(clash);
  return known({
    task: 'multiclass-classification',
    classes: classes?.names ?? natural,
    ...(classes === undefined ? {} : { classesFrom: classes.from }),
  });
}

const WHOSE: Readonly<Record<ClassSource, string>> = {
  config: 'The configured classes',
  header: "The table's columns",
  file: "The model's classes",
};

/** Labels that no column of the model is about cannot be measured, and must not be mapped by position. */
function strangeLabels(found: readonly string[], classes: Scheme['classes']): string | undefined {
  const strange = found.filter((label) => classes?.names.includes(label) === false);
  if (classes === undefined || strange.length === 0) return undefined;
  const labels = strange.length === found.length ? 'the labels of the table' : 'labels of the table';
  return `${WHOSE[classes.from]} are ${listNames(classes.names)}, and ${labels} are ${listNames(strange)}. Say which is which, in the order of the model's columns: --classes, or outputs: { classes: […] } in the config.`;
}
