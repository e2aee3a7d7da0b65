import { formatCount } from '../../core/format-number.ts';
import type { Task } from '../../core/task.ts';
import { TASKS } from '../../core/task.ts';
import { countLabels } from './labels.ts';

/** What is known of a model before anybody says what it does. */
export interface TaskClues {
  /** `metadata_props.task` of the ONNX file. */
  metadata: string | undefined;
  /** Columns of the output with the numbers, where known. */
  width: number | undefined;
  hasLabelOutput: boolean;
  labels: readonly string[];
}

/** The task and the reason for it, as an assumption to print. */
export interface TaskGuess {
  task: Exclude<Task, 'score'>;
  because: string;
}

/** Guesses the task: the model's own metadata, else its outputs, else the labels. */
export function guessTask(clues: TaskClues): TaskGuess {
  const named = TASKS.find((task) => task === clues.metadata);
  if (named !== undefined && named !== 'score')
    return { task: named, because: "the model's metadata says so" };
  const distinct = countLabels(clues.labels).size;
  if (clues.width !== undefined && clues.width > 2) {
    return { task: 'multiclass-classification', because: `the model gives ${clues.width} numbers a row` };
  }
  if (clues.width === 2)
    return {
      task: 'binary-classification',
      because: `the model gives two numbers a row${distinct > 2 ? `, though the label has ${formatCount(distinct)} values` : ''}`,
    };
  if (clues.hasLabelOutput) return classifier(distinct, 'the model has a label output');
  if (distinct <= 2) return { task: 'binary-classification', because: `the label has ${distinct} values` };
  return { task: 'regression', because: `the label has ${formatCount(distinct)} values` };
}

function classifier(distinct: number, reason: string): TaskGuess {
  const task = distinct > 2 ? 'multiclass-classification' : 'binary-classification';
  return { task, because: `${reason} and the label has ${formatCount(distinct)} values` };
}
