import type { ElementType, Signature, TensorInfo } from '../../core/model.ts';
import { ELEMENT_TYPES } from '../../core/model.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { ColumnRequest } from '../../core/table.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';

/** How one model input is filled: `matrix` puts all columns side by side ([N, F]), `column` sends one ([N, 1] or [N]). */
export interface InputFeed {
  kind: 'matrix' | 'column';
  input: string;
  type: ElementType;
  columns: readonly string[];
  /** Rank of the tensor: 2 for [N, F] and [N, 1], 1 for [N]. */
  rank: 1 | 2;
}

/** How table rows become the tensors of one model. */
export interface InputPlan {
  feeds: readonly InputFeed[];
  /** Rows a batch must have, where the model fixes its first dimension. */
  fixedBatch: number | undefined;
}

/** The columns of a table that a plan needs, each once, with explicit types; as text where any input takes it so. */
export function columnsOf(plan: InputPlan): ColumnRequest[] {
  const types = new Map<string, 'number' | 'string'>();
  for (const feed of plan.feeds) {
    for (const column of feed.columns)
      if (types.get(column) !== 'string') types.set(column, feed.type === 'string' ? 'string' : 'number');
  }
  return [...types].map(([name, type]) => ({ name, type }));
}

/**
 * Plans the inputs from a signature and the contract's features in order. `overrides` (the config's `inputs`)
 * names the columns of single inputs. Unknown with a sentence when the two do not fit.
 */
export function planInputs(
  signature: Signature,
  features: readonly string[],
  overrides: Readonly<Record<string, readonly string[]>> = {},
): Fact<InputPlan> {
  const inputs = signature.inputs;
  if (inputs.length === 0) return unknown('The model has no inputs.');
  const deep = deepInput(signature);
  if (deep !== undefined) return unknown(deep);
  const stranger = Object.keys(overrides).find((name) => !inputs.some((input) => input.name === name));
  if (stranger !== undefined)
    return unknown(
      `The config names the input ${quote(stranger)}; the model has ${listNames(inputs.map((input) => input.name))}.`,
    );
  const feeds: InputFeed[] = [];
  for (const input of inputs) {
    const feed = planFeed(input, overrides[input.name] ?? defaultColumns(input, inputs, features));
    if (!feed.known) return feed;
    feeds.push(feed.value);
  }
  return known({ feeds, fixedBatch: fixedBatchOf(inputs) });
}

/** The sentence about an input of three dimensions or more, which no table fills; `undefined` where there is none. */
export function deepInput({ inputs }: Signature): string | undefined {
  const deep = inputs.find((input) => input.shape !== undefined && input.shape.length > 2);
  if (deep === undefined) return undefined;
  const shape = (deep.shape ?? []).map((size) => size ?? '?').join(', ');
  return `Input ${quote(deep.name)} is [${shape}]; a table fills [N, F], or one input a column. For images, texts and sequences make the predictions elsewhere and gate those: --predictions FILE.`;
}

function defaultColumns(
  input: TensorInfo,
  inputs: readonly TensorInfo[],
  features: readonly string[],
): readonly string[] {
  return inputs.length === 1 && features.length > 0 ? features : [input.name];
}

/** Width F of an input [N, F]; 1 for [N]; `undefined` where the file leaves it open. */
export function widthOf(input: TensorInfo): number | undefined {
  if (input.shape === undefined) return undefined;
  if (input.shape.length === 1) return 1;
  const last = input.shape.at(-1);
  return typeof last === 'number' && last > 0 ? last : undefined;
}

function planFeed(input: TensorInfo, columns: readonly string[]): Fact<InputFeed> {
  const name = JSON.stringify(input.name);
  const type = ELEMENT_TYPES.find((each) => each === input.type);
  if (type === undefined) {
    return unknown(`Input ${name} has type ${input.type}; a table can fill ${ELEMENT_TYPES.join(', ')}.`);
  }
  const width = widthOf(input);
  if (width !== undefined && width !== columns.length) {
    return unknown(
      `Input ${name} takes ${countOf(width, 'column')}, and the contract has ${columns.length}${columns.length <= 3 ? ` (${listNames(columns)})` : ''}.`,
    );
  }
  const rank = input.shape?.length === 1 ? 1 : 2;
  return known({ kind: columns.length === 1 ? 'column' : 'matrix', input: input.name, type, columns, rank });
}

function fixedBatchOf(inputs: readonly TensorInfo[]): number | undefined {
  for (const input of inputs) {
    const first = input.shape?.[0];
    if (typeof first === 'number' && first > 0) return first;
  }
  return undefined;
}
