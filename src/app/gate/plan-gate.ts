import { listNames } from '../../verdict/sentences.ts';
import type { Fact } from '../../core/fact.ts';
import type { Contract, Documents, GateFacts } from '../../gate/facts.ts';
import { canonicalLabel } from '../../gate/mapping/labels.ts';
import { booleansAsNumbers } from '../../gate/mapping/boolean-labels.ts';
import type { GatePorts } from './gate-ports.ts';
import type { DataRequest, GateRequest } from './gate-request.ts';
import { loadDocuments } from './load-documents.ts';
import type { OpenSide } from './load-side.ts';
import type { PlannedSide } from './plan-side.ts';
import { planChallenger, planChampion } from './plan-side.ts';
import { resolveContract } from './resolve-contract.ts';
import type { Scheme } from './resolve-scheme.ts';
import type { ResolvedTask } from './resolve-task.ts';
import { resolveTask } from './resolve-task.ts';
import { FROM_CONFIG, resolveThreshold } from './resolve-threshold.ts';

/** Both sides of the comparison, read and loaded. */
export interface Sides {
  challenger: OpenSide;
  champion: OpenSide | undefined;
}

/** All that is settled before a row is measured: what the features are, how both models are asked, what the task is. */
export interface GatePlan {
  task: ResolvedTask;
  contract: Fact<Contract>;
  threshold: GateFacts['threshold'];
  /** The champion decides by its own documents, where the config names no threshold. */
  championThreshold: GateFacts['threshold'];
  /** Class names in the order of the model's columns, where the config or the challenger's file names them. */
  classes: Scheme['classes'];
  documents: Documents;
  challenger: PlannedSide;
  champion: PlannedSide | undefined;
  assumptions: readonly string[];
}

/** Settles contract, plans, task and threshold from the models, their documents and the head of the first table. */
export async function planGate(
  { request, sides, data }: { request: GateRequest; sides: Sides; data: DataRequest },
  ports: GatePorts,
): Promise<GatePlan> {
  const { columns } = await ports.tables.head(data.path);
  const contract = resolveContract({
    features: request.features,
    types: request.types,
    inputs: request.inputs,
    challenger: sides.challenger,
    champion: sides.champion,
    columns,
    data,
  });
  const documents = await loadDocuments(sides.challenger.folder, sides.champion?.folder, ports.files);
  const said = configuredClasses(request.outputs.classes);
  const challenger = planChallenger(sides.challenger, { contract, classes: said?.names }, request);
  const own = challenger.fileClasses;
  const classes = said ?? (own && { names: own, from: 'file' as const });
  const champion =
    sides.champion && planChampion(sides.champion, { contract, classes: classes?.names }, request);
  const task = await resolveTask(request.task, { challenger, data }, ports);
  const configured = request.outputs.threshold;
  const threshold = resolveThreshold(configured, documents.manifest, documents.declared);
  const theirs = resolveThreshold(configured, documents.championManifest, documents.championDeclared);
  return {
    task,
    contract,
    threshold,
    championThreshold: theirs,
    classes,
    documents,
    challenger,
    champion,
    assumptions: [
      ...(task.because === undefined ? [] : [`task ${task.task}: ${task.because}`]),
      ...mappingAssumptions(contract, challenger),
      ...(threshold.source === FROM_CONFIG || task.task !== 'binary-classification'
        ? []
        : thresholdAssumptions(threshold, sides.champion && theirs)),
    ],
  };
}

/** The classes of the config or of a flag, as labels are compared. */
export function configuredClasses(classes: readonly string[] | undefined): Scheme['classes'] {
  return classes && { names: booleansAsNumbers(classes.map(canonicalLabel)), from: 'config' };
}

const WHENCE: Readonly<Record<Contract['source'], string | undefined>> = {
  config: undefined,
  champion: "the champion's list",
  model: "the model's own metadata",
  table: "the table's columns",
};

function mappingAssumptions(contract: Fact<Contract>, side: PlannedSide): string[] {
  if (!contract.known || !side.askable.known) return [];
  const { source, features } = contract.value;
  const { inputs, outputs } = side.askable.value;
  const whence = WHENCE[source];
  const names = inputs.feeds.map((feed) => feed.input);
  const target = names.length === 1 ? `input ${JSON.stringify(names[0])}` : `${names.length} inputs by name`;
  const labels = outputs.label === undefined ? '' : `, labels from ${JSON.stringify(outputs.label)}`;
  return [
    ...(whence === undefined
      ? []
      : [
          `${features.length} features from ${whence} in this order: ${listNames(features, 60)}; sent to ${target}`,
        ]),
    `predictions from output ${JSON.stringify(outputs.numbers)}${labels}`,
  ];
}

/** A threshold that the config does not name is nobody's to trust: both are said. */
function thresholdAssumptions(
  own: GateFacts['threshold'],
  theirs: GateFacts['threshold'] | undefined,
): string[] {
  const said = ({ value, source }: GateFacts['threshold']) =>
    `threshold ${value} (${source === 'default' ? 'nobody names one' : source})`;
  const champion = theirs === undefined ? [] : [`the champion's decisions at ${said(theirs)}`];
  return [`decisions at ${said(own)}`, ...champion];
}
