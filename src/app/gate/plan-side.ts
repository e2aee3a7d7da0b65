import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Contract, SideFacts } from '../../gate/facts.ts';
import { planInputs } from '../../gate/mapping/input-plan.ts';
import { areNumbered, sameClasses } from '../../gate/mapping/class-map.ts';
import { fileClasses } from '../../gate/mapping/file-classes.ts';
import { planOutputs } from '../../gate/mapping/output-plan.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { GateRequest } from './gate-request.ts';
import type { OpenSide } from './load-side.ts';
import { digestOfSide, modelDigestOf } from './load-side.ts';
import type { Askable } from './measure.ts';
import { namesOf, signatureOf } from './resolve-contract.ts';

/** One side with its plans: what the facts say of it, and how it can be asked. */
export interface PlannedSide {
  facts: SideFacts;
  askable: Fact<Askable>;
  /** The classes that its file names, in the order of its columns. */
  fileClasses: readonly string[] | undefined;
}

/** The challenger is asked as the contract and the config say; not at all where its file names other classes than the config. */
export function planChallenger(
  side: OpenSide,
  { contract, classes }: { contract: Fact<Contract>; classes: readonly string[] | undefined },
  request: GateRequest,
): PlannedSide {
  const features = contract.known ? known(contract.value.features) : contract;
  const planned = planSide(side, features, { inputs: request.inputs, outputs: request.outputs });
  return withoutClash(
    planned,
    classes,
    (own, read) =>
      `The ONNX file names its classes ${own}, and --classes (outputs.classes in the config) says ${read}: correct it, or leave it out.`,
  );
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
  return withoutClash(
    planned,
    classes,
    (own, read) =>
      `The champion's classes are ${own}, and the gate reads ${read}: its columns mean something else.`,
  );
}

/** Both models are read by one list of classes; a model whose columns mean something else must not be. Numbers 0 to K−1 take any names. */
function withoutClash(
  planned: PlannedSide,
  classes: readonly string[] | undefined,
  sentence: (own: string, read: string) => string,
): PlannedSide {
  const own = planned.fileClasses;
  if (!planned.askable.known || own === undefined || classes === undefined) return planned;
  if (
    sameClasses(own, classes) ||
    (areNumbered(own) && own.length === classes.length && !reordered(own, classes))
  )
    return planned;
  return { ...planned, askable: unknown(sentence(listNames(own), listNames(classes))) };
}

/** The same names in another order. */
function reordered(own: readonly string[], classes: readonly string[]): boolean {
  return own.every((name) => classes.includes(name));
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
    fileClasses: outputs.known ? fileClasses(structure, outputs.value.numbers) : undefined,
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
