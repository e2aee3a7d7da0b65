import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Signature, TensorInfo } from '../../core/model.ts';
import { listNames, quote } from './sentences.ts';

/** What the user said of the outputs; everything is guessed by type, shape and name where it is absent. */
export interface OutputHints {
  score?: string;
  prediction?: string;
  label?: string;
}

/** Which output holds the numbers, and which one the class labels. */
export interface OutputPlan {
  numbers: string;
  label: string | undefined;
  /** Columns K of the numbers where the file says so: [N, K] → K, [N, 1] and [N] → 1. */
  width: number | undefined;
}

const FLOATS = ['float32', 'float64'];
const LABELS = ['int64', 'int32', 'string', 'bool'];

/** Chooses the outputs; unknown with a sentence where several would do or none does. */
export function planOutputs(signature: Signature, hints: OutputHints = {}): Fact<OutputPlan> {
  const numbers = findNumbers(signature.outputs, hints.score ?? hints.prediction);
  if (!numbers.known) return numbers;
  const label = hints.label ?? signature.outputs.find((each) => LABELS.includes(each.type))?.name;
  if (label !== undefined && !signature.outputs.some((each) => each.name === label)) {
    return unknown(
      `The config names the label output ${quote(label)}; the model has ${namesOf(signature.outputs)}.`,
    );
  }
  return known({ numbers: numbers.value.name, label, width: outputWidth(numbers.value) });
}

function findNumbers(outputs: readonly TensorInfo[], hint: string | undefined): Fact<TensorInfo> {
  if (hint !== undefined) {
    const named = outputs.find((each) => each.name === hint);
    return named
      ? known(named)
      : unknown(`The config names the output ${quote(hint)}; the model has ${namesOf(outputs)}.`);
  }
  const floats = outputs.filter((each) => FLOATS.includes(each.type));
  const [only] = floats;
  if (only === undefined) {
    return unknown(
      `The model has no float output to measure (outputs: ${namesOf(outputs)}). Export it with probabilities or predictions.`,
    );
  }
  if (floats.length === 1) return known(only);
  const probable = floats.filter((each) => /prob|predict|score|variable|output/i.test(each.name));
  if (probable.length === 1 && probable[0] !== undefined) return known(probable[0]);
  return unknown(
    `The model has ${floats.length} float outputs (${namesOf(floats)}). Say which one holds the prediction: outputs: { score: … } in the config.`,
  );
}

function namesOf(outputs: readonly TensorInfo[]): string {
  return outputs.length === 0 ? 'none' : listNames(outputs.map((each) => each.name));
}

/** Columns K of an output: 1 for [N] and [N, 1]. */
export function outputWidth(output: TensorInfo): number | undefined {
  if (output.shape === undefined) return undefined;
  if (output.shape.length <= 1) return 1;
  const last = output.shape.at(-1);
  return typeof last === 'number' && last > 0 ? last : undefined;
}
