import { formatCount } from '../../core/format-number.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Signature } from '../../core/model.ts';
import type { Contract } from '../../gate/facts.ts';
import { featureNamesOf } from '../../gate/mapping/feature-names.ts';
import { deepInput, widthOf } from '../../gate/mapping/input-plan.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { DataRequest, GateRequest } from './gate-request.ts';
import type { OpenSide } from './load-side.ts';

/** What is known about the features before a row is read. */
export interface ContractClues {
  /** From the config or a flag. */
  features: readonly string[] | undefined;
  types: Contract['types'] | undefined;
  inputs: GateRequest['inputs'];
  challenger: OpenSide;
  champion: OpenSide | undefined;
  columns: readonly string[];
  data: DataRequest;
}

/** The contract: the config's, else the champion's signature, else what the model says of itself, else the table's columns. */
export function resolveContract(clues: ContractClues): Fact<Contract> {
  const contract = contractOf(clues);
  if (!contract.known || !contract.value.features.includes(clues.data.label)) return contract;
  return unknown(
    `The label ${JSON.stringify(clues.data.label)} is among the features: the model would be given the answer.`,
  );
}

function contractOf(clues: ContractClues): Fact<Contract> {
  const { features, types, inputs, challenger, champion } = clues;
  if (features !== undefined)
    return known({ features, source: 'config', ...(types === undefined ? {} : { types }) });
  const theirs = champion && namesOf(champion, inputs);
  if (theirs !== undefined) return known({ features: theirs, source: 'champion' });
  const deep = deepInput(signatureOf(challenger));
  if (deep !== undefined) return unknown(deep);
  const own = namesOf(challenger, inputs);
  if (own !== undefined) return known({ features: own, source: 'model' });
  return fromTable(clues);
}

/** The features that a model lists itself: the columns of its inputs where it has several, or names in its metadata. */
export function namesOf(
  side: Pick<OpenSide, 'session' | 'structure'>,
  columns: GateRequest['inputs'] = {},
): readonly string[] | undefined {
  const { inputs } = signatureOf(side);
  if (inputs.length > 1) return inputs.flatMap(({ name }) => columns[name] ?? [name]);
  return featureNamesOf(side.structure.metadata);
}

/** The signature as ONNX Runtime has it, else as the file declares it. */
export function signatureOf(side: Pick<OpenSide, 'session' | 'structure'>): Signature {
  return side.session.known ? side.session.value.signature : side.structure.signature;
}

const NEVER_FEATURES = /^(id|index|row|row_?id|.*_id|uuid|date|time|timestamp|.*_at|split|fold)$/i;

function fromTable({ challenger, columns, data }: ContractClues): Fact<Contract> {
  const [input] = signatureOf(challenger).inputs;
  const width = input === undefined ? undefined : widthOf(input);
  const others = columns.filter((name) => name !== data.label && name !== data.id && name !== data.cluster);
  const likely = others.filter((name) => !NEVER_FEATURES.test(name));
  if (width === undefined || width === likely.length) return known({ features: likely, source: 'table' });
  if (width === others.length) {
    const doubtful = others.filter((name) => NEVER_FEATURES.test(name));
    return known({ features: others, source: 'table', doubtful });
  }
  return unknown(
    `The table has ${formatCount(others.length)} columns beside the label (${listNames(others)}), and nobody says which of them feed a model with ${formatCount(width)} features. List them in order: --features FILE, or contract: { features: … } in the config.`,
  );
}
