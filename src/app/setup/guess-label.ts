import type { Task } from '../../core/task.ts';
import type { FoundTable } from './setup-facts.ts';

/** Names that label columns have, the likeliest first. */
const LABELS = ['label', 'target', 'y', 'y_true', 'class', 'outcome', 'ground_truth', 'labels'];
/** Words in a path that say what a table is for, the best to measure on first. */
const PURPOSES = [/test/i, /holdout|held[_-]?out/i, /eval|valid/i];
const MOST_CLASSES = 20;

/** The column of a table that looks like its label; `undefined` where none does. */
export function guessLabel({ columns }: FoundTable): string | undefined {
  return LABELS.flatMap((name) => columns.find((column) => column.toLowerCase() === name) ?? [])[0];
}

/** The table to measure a model on: one with a label, near the model by name, for testing rather than for training. */
export function guessTest(
  tables: readonly FoundTable[],
  model: string,
): { path: string; label: string } | undefined {
  const labelled = tables.flatMap((table) => {
    const label = guessLabel(table);
    return label === undefined || /train/i.test(table.path) ? [] : [{ path: table.path, label }];
  });
  const rank = ({ path }: { path: string }) => {
    const purpose = PURPOSES.findIndex((pattern) => pattern.test(path));
    const isNear = path.toLowerCase().includes(model.toLowerCase());
    return (isNear ? 0 : 10) + (purpose < 0 ? PURPOSES.length : purpose);
  };
  return labelled.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))[0];
}

/** What a model with such labels does: few different ones are classes, many numbers are amounts. Empty labels count for nothing. */
export function guessTaskByLabels(labels: readonly string[]): Task {
  const distinct = new Set(labels.filter((label) => label !== ''));
  if (distinct.size <= 2) return 'binary-classification';
  const areNumbers = [...distinct].every((label) => Number.isFinite(Number(label)));
  return areNumbers && distinct.size > MOST_CLASSES ? 'regression' : 'multiclass-classification';
}
