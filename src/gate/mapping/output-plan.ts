import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Signature, TensorInfo } from '../../core/model.ts';
import { listNames, quote } from '../../verdict/sentences.ts';

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
  const label = hints.label ?? findLabel(signature.outputs)?.name;
  if (label !== undefined && !signature.outputs.some((each) => each.name === label)) {
    return unknown(
      `The config names the label output ${quote(label)}; the model has ${namesOf(signature.outputs)}.`,
    );
  }
  return known({ numbers: numbers.value.name, label, width: outputWidth(numbers.value) });
}

/** What a label output is called, the surest name first. */
const LABEL_NAMES = [/^(output_)?labels?$/i, /label/i, /class|predict/i];

/** One label a row, by name; the only one of its type may have any name. Of several that are called otherwise none is taken. */
function findLabel(outputs: readonly TensorInfo[]): TensorInfo | undefined {
  const fit = outputs.filter((each) => LABELS.includes(each.type) && (outputWidth(each) ?? 1) === 1);
  return onlyCalled(fit, LABEL_NAMES) ?? (fit.length === 1 ? fit[0] : undefined);
}

/** The one output that the first telling pattern matches; `undefined` where it matches several, or none does. */
function onlyCalled(outputs: readonly TensorInfo[], patterns: readonly RegExp[]): TensorInfo | undefined {
  for (const pattern of patterns) {
    const called = outputs.filter((each) => pattern.test(each.name));
    if (called.length > 0) return called.length === 1 ? called[0] : undefined;
  }
  return undefined;
}

/** What an output of predictions is called, the surest name first. */
const NUMBER_NAMES = [/prob/i, /predict|score/i, /variable/i, /output/i];

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
  const probable = onlyCalled(floats, NUMBER_NAMES);
  if (probable !== undefined) return known(probable);
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
