import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Contract, SideFacts } from '../../gate/facts.ts';
import { planInputs } from '../../gate/mapping/input-plan.ts';
import { canonicalLabel } from '../../gate/mapping/labels.ts';
import { planOutputs } from '../../gate/mapping/output-plan.ts';
import { listNames } from '../../gate/mapping/sentences.ts';
import type { GateRequest } from './gate-request.ts';
import type { OpenSide } from './load-side.ts';
import { digestOfSide, modelDigestOf } from './load-side.ts';
import type { Askable } from './measure.ts';
import { namesOf, signatureOf } from './resolve-contract.ts';

/** One side with its plans: what the facts say of it, and how it can be asked. */
export interface PlannedSide {
  facts: SideFacts;
  askable: Fact<Askable>;
}

/** The challenger is asked as the contract and the config say. */
export function planChallenger(side: OpenSide, contract: Fact<Contract>, request: GateRequest): PlannedSide {
  const features = contract.known ? known(contract.value.features) : contract;
  return planSide(side, features, { inputs: request.inputs, outputs: request.outputs });
}

/** The champion is asked with the features that it lists itself, else with the contract's; the config's inputs apply where it has them. */
export function planChampion(
  side: OpenSide,
  { contract, classes }: { contract: Fact<Contract>; classes: readonly string[] | undefined },
  request: GateRequest,
): PlannedSide {
  const has = new Set(signatureOf(side).inputs.map((input) => input.name));
  const inputs = Object.fromEntries(Object.entries(request.inputs).filter(([name]) => has.has(name)));
  const own = namesOf(side, inputs);
  const features =
    own === undefined ? (contract.known ? known(contract.value.features) : contract) : known(own);
  const planned = planSide(side, features, { inputs, outputs: request.outputs });
  const clash = classProblem(side, classes);
  return clash === undefined || !planned.askable.known ? planned : { ...planned, askable: unknown(clash) };
}

/** Both models are read by one list of classes; a champion whose columns mean something else must not be. */
function classProblem(side: OpenSide, classes: readonly string[] | undefined): string | undefined {
  const own = side.structure.zipMap?.classes.map(canonicalLabel);
  if (own === undefined || classes === undefined) return undefined;
  if (own.length === classes.length && own.every((name, k) => name === classes[k])) return undefined;
  return `The champion's classes are ${listNames(own)}, and the gate reads ${listNames(classes)}: its columns mean something else.`;
}

function planSide(
  side: OpenSide,
  features: Fact<readonly string[]>,
  wish: Pick<GateRequest, 'inputs' | 'outputs'>,
): PlannedSide {
  const signature = signatureOf(side);
  const inputs = features.known ? planInputs(signature, features.value, wish.inputs) : features;
  const outputs = planOutputs(signature, wish.outputs);
  const askable = askableOf(side, inputs, outputs);
  const untried = unknown(askable.known ? 'there was no row to try.' : askable.why);
  const { session, structure } = side;
  const version = structure.metadata['version'];
  return {
    askable,
    facts: {
      path: side.path,
      digest: digestOfSide(side),
      modelDigest: modelDigestOf(side),
      files: side.files.length,
      version: version === undefined || version === '' ? undefined : version.slice(0, 100),
      structure,
      opened: session.known
        ? known({ signature: session.value.signature, loadMs: session.value.loadMs })
        : session,
      inputs,
      outputs,
      coldStartMs: untried,
      latencyMs: untried,
      rowsPerSecond: untried,
      peakMemory: untried,
    },
  };
}

function askableOf(
  { session }: OpenSide,
  inputs: SideFacts['inputs'],
  outputs: SideFacts['outputs'],
): Fact<Askable> {
  if (!session.known) return session;
  if (!inputs.known) return inputs;
  if (!outputs.known) return outputs;
  return known({ session: session.value, inputs: inputs.value, outputs: outputs.value });
}
