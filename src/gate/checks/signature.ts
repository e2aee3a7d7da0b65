import type { CheckResult } from '../../core/check.ts';
import type { Signature, TensorInfo } from '../../core/model.ts';
import type { Contract, GateFacts, SideFacts } from '../facts.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';
import { featureNamesOf } from '../mapping/feature-names.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';

const base = { id: 'signature', check: 'signature', role: 'gate' } as const;
const SOURCES: Record<Contract['source'], string> = {
  config: "the config's contract",
  champion: "the champion's signature",
  model: "the model's own metadata",
  table: "the table's columns",
};

/**
 * Inputs and outputs against the contract: names, order, types and shapes. The contract is the config's, else the
 * champion's signature. What the model or its manifest says of itself must agree, and is never the authority.
 */
export const checkSignature: Check = (facts) => {
  const side = facts.challenger;
  if (side === undefined) return [];
  if (!side.opened.known)
    return [
      result({
        ...base,
        outcome: 'error',
        reason: 'not-loaded',
        message: 'The signature could not be compared: the model was not loaded.',
      }),
    ];
  if (!facts.contract.known)
    return [result({ ...base, outcome: 'error', reason: 'no-contract', message: facts.contract.why })];
  const contract = facts.contract.value;
  const problems = [
    ...featureProblems(contract, side, facts),
    ...(side.inputs.known ? [] : [side.inputs.why]),
    ...typeProblems(contract, side),
    ...championProblems(side.opened.value.signature, facts.champion, contract),
  ];
  if (problems.length > 0) return [disagreed(problems, contract)];
  if (!side.outputs.known) return [unread(side.outputs.why)];
  const { champion } = facts;
  if (champion !== undefined && !champion.opened.known) return [unopposed(champion.opened.why)];
  return [agreed(contract, side, facts), ...doubted(contract)];
};

/** Columns that look like ids, dates or splits are features only if somebody says so. */
function doubted({ features, doubtful = [] }: Contract): CheckResult[] {
  if (doubtful.length === 0) return [];
  const these =
    doubtful.length === 1
      ? 'which looks like an id, a date or a split'
      : 'which look like ids, dates or splits';
  return [
    result({
      ...base,
      id: 'signature.features',
      outcome: 'hold',
      reason: 'features-assumed',
      message: `The model takes ${countOf(features.length, 'feature')}, and the table has as many columns only with ${listNames(doubtful)}, ${these}. Assumed: they are features.`,
      settle:
        'List the features in order: --features FILE.json or a,b,c, or contract: { features: … } in the config.',
    }),
  ];
}

/** Which output holds the prediction is not known: that condemns no model. */
function unread(why: string): CheckResult {
  return result({
    ...base,
    outcome: 'error',
    reason: 'no-output',
    message: why,
    settle:
      'Name the outputs in the config: outputs: { score: …, label: … }; or export the model with one float output.',
  });
}

function unopposed(why: string): CheckResult {
  return result({
    ...base,
    outcome: 'hold',
    reason: 'champion-not-loaded',
    message: `The inputs fit the contract; the outputs could not be held against the champion's, which was not loaded: ${why}`,
    settle: 'Name a champion that loads, or say that there is none (baseline: none).',
  });
}

function agreed(contract: Contract, side: SideFacts, facts: GateFacts): CheckResult {
  const features = countOf(contract.features.length, 'feature');
  const outputs = facts.champion === undefined ? '' : "; outputs as the champion's";
  const named = claimedFeatures(side, facts) !== undefined;
  const own = contract.source === 'model' || contract.source === 'table';
  return result({
    ...base,
    role: own ? 'inform' : 'gate',
    outcome: 'pass',
    reason: 'agrees',
    measured: contract.features.length,
    message: own
      ? `${features} by ${SOURCES[contract.source]}; there is no contract or champion to hold them against${outputs}.`
      : named
        ? `${features}, in the order of ${SOURCES[contract.source]}${outputs}.`
        : `${features}, as many as ${SOURCES[contract.source]} has; the model does not list its own, so their order rests on the measurement${outputs}.`,
  });
}

function disagreed(problems: readonly string[], contract: Contract): CheckResult {
  return result({
    ...base,
    outcome: 'fail',
    reason: 'signature-differs',
    limit: { rule: 'equals', value: `${contract.features.length} features` },
    message: problems.slice(0, 4).join(' '),
    settle: `Serving sends what ${SOURCES[contract.source]} says. Export the model for exactly these inputs, or change the contract first, where serving can see it.`,
  });
}

/** The features that the model says it was trained on, against the contract: extra, missing, or in another order. */
function featureProblems(contract: Contract, side: SideFacts, facts: GateFacts): string[] {
  const claimed = claimedFeatures(side, facts);
  if (claimed === undefined) return [];
  const { names, by } = claimed;
  const extra = names.filter((name) => !contract.features.includes(name));
  const absent = contract.features.filter((name) => !names.includes(name));
  const problems: string[] = [];
  if (extra.length > 0)
    problems.push(
      `The model wants ${countOf(extra.length, 'feature')} that serving does not send: ${listNames(extra)} (${by} lists ${names.length}, ${SOURCES[contract.source]} has ${contract.features.length}).`,
    );
  if (absent.length > 0)
    problems.push(
      `The model does not know ${countOf(absent.length, 'feature')} of the contract: ${listNames(absent)}.`,
    );
  if (problems.length > 0) return problems;
  const at = contract.features.findIndex((name, i) => names[i] !== name);
  if (at < 0 || byName(side)) return [];
  return [
    `The features are in another order than in ${SOURCES[contract.source]}: number ${at + 1} is ${quote(names[at] ?? '')} in ${by}, ${quote(contract.features[at] ?? '')} in the contract. The values would land in the wrong columns.`,
  ];
}

/** With one input a column, names decide and order does not matter. */
function byName(side: SideFacts): boolean {
  return side.opened.known && side.opened.value.signature.inputs.length > 1;
}

function claimedFeatures(
  side: SideFacts,
  facts: GateFacts,
): { names: readonly string[]; by: string } | undefined {
  const inputs = side.opened.known ? side.opened.value.signature.inputs : [];
  if (inputs.length > 1)
    return { names: columnsFed(side) ?? inputs.map((input) => input.name), by: 'its signature' };
  const fromMetadata = featureNamesOf(side.structure.metadata);
  if (fromMetadata !== undefined) return { names: fromMetadata, by: 'its metadata' };
  const listed = facts.documents.manifest?.fields.features;
  const features = listed?.includes('TODO') === true ? undefined : listed;
  return features === undefined ? undefined : { names: features, by: 'its manifest' };
}

/** The columns that fill the inputs, each once; by default an input's column has its name. */
function columnsFed({ inputs }: SideFacts): string[] | undefined {
  return inputs.known ? [...new Set(inputs.value.feeds.flatMap((feed) => feed.columns))] : undefined;
}

/** Text where the model takes numbers, or the other way round, by the contract's types; what those leave out are numbers. */
function typeProblems({ types, features }: Contract, { inputs }: SideFacts): string[] {
  if (types === undefined || !inputs.known) return [];
  return inputs.value.feeds.flatMap((feed) =>
    feed.columns
      .filter(
        (column) => features.includes(column) && (types[column] === 'string') !== (feed.type === 'string'),
      )
      .map(
        (column) =>
          `Feature ${quote(column)} is ${types[column] ?? 'a number'} in the contract; input ${quote(feed.input)} takes ${feed.type}.`,
      ),
  );
}

/** Outputs must keep the names and types that whoever serves the champion reads; inputs too, where the champion is the contract. */
function championProblems(
  signature: Signature,
  champion: SideFacts | undefined,
  { source }: Contract,
): string[] {
  if (champion === undefined || !champion.opened.known) return [];
  const { inputs, outputs } = champion.opened.value.signature;
  return [
    ...(source === 'champion' ? inputs.flatMap((theirs) => changed('input', theirs, signature.inputs)) : []),
    ...outputs.flatMap((theirs) => changed('output', theirs, signature.outputs)),
  ];
}

function changed(what: 'input' | 'output', theirs: TensorInfo, all: readonly TensorInfo[]): string[] {
  const ours = all.find((each) => each.name === theirs.name);
  const name = `${what === 'input' ? 'Input' : 'Output'} ${quote(theirs.name)}`;
  if (ours === undefined)
    return [
      `The champion's ${what} ${quote(theirs.name)} is gone (${what}s now: ${listNames(all.map((each) => each.name))}).`,
    ];
  if (ours.type !== theirs.type) return [`${name} is ${ours.type}; the champion's is ${theirs.type}.`];
  const [a, b] = [ours.shape?.length, theirs.shape?.length];
  return a !== undefined && b !== undefined && a !== b
    ? [`${name} has ${countOf(a, 'dimension')}; the champion's has ${b}.`]
    : [];
}
