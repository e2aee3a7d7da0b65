import { known } from '../../core/fact.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { GateFacts, SinceBase } from '../../gate/facts.ts';
import type { GateSettings } from '../../gate/settings.ts';
import { applyDefaultGates } from './apply-default-gates.ts';
import type { GatePorts } from './gate-ports.ts';
import type { GateRequest } from './gate-request.ts';
import type { LoadedData } from './load-data.ts';
import { loadData } from './load-data.ts';
import { loadElsewhere } from './load-elsewhere.ts';
import { openSide } from './load-side.ts';
import type { GatePlan, Sides } from './plan-gate.ts';
import { planGate } from './plan-gate.ts';
import { tryOut } from './try-out.ts';

/** The facts, the settings with defaults chosen by the task, and everything that was guessed. */
export interface LoadedGate {
  facts: GateFacts;
  settings: GateSettings;
  assumptions: readonly string[];
}

/** Reads and runs everything that a gate is judged on. Rejects only for what nothing can be judged without: a missing file, a broken table. */
export async function loadGate(request: GateRequest, ports: GatePorts): Promise<LoadedGate> {
  const { facts: loaded, assumptions } =
    request.predictions === undefined
      ? await loadHere(request, ports)
      : await loadElsewhere(request, request.predictions, ports);
  const { sinceBase, judgedBy } = request;
  const facts = {
    ...loaded,
    ...(sinceBase === undefined ? {} : { sinceBase }),
    ...(judgedBy === undefined ? {} : { judgedBy }),
  };
  const defaults = applyDefaultGates(request, facts);
  const said = [assumptions, [...comparedWith(sinceBase), ...defaults.assumptions]];
  // Whoever meant to compare two models must not overlook that one was compared with nobody.
  const alone = request.predictions?.championGuessed === true && facts.noChampion !== undefined;
  return { facts, settings: defaults.settings, assumptions: (alone ? said.toReversed() : said).flat() };
}

/** On the base branch itself there is no change but the last commit, and whoever pushed two reads which one was looked at. */
function comparedWith(sinceBase: SinceBase | undefined): string[] {
  if (sinceBase?.kind !== 'compared' || !sinceBase.parent) return [];
  const commit = sinceBase.revision.slice(0, 7);
  return [`the gates were compared with the commit before this one, ${commit}, for this is the base branch`];
}

type Loaded = Omit<LoadedGate, 'settings'>;

async function loadHere(request: GateRequest, ports: GatePorts): Promise<Loaded> {
  const sides = await openSides(request, ports);
  try {
    return await loadMeasured(request, sides, ports);
  } finally {
    await closeAll(sides);
  }
}

async function openSides(request: GateRequest, ports: GatePorts): Promise<Sides> {
  if (request.challenger === undefined)
    throw new KnownGoodError('internal', 'A gate needs a model or predictions.');
  ports.progress('loading the models');
  const challenger = await openSide(request.challenger, ports, request.settings);
  try {
    const champion = request.champion && (await openSide(request.champion, ports, request.settings));
    return { challenger, champion };
  } catch (error) {
    await closeAll({ challenger, champion: undefined });
    throw error;
  }
}

async function closeAll({ challenger, champion }: Sides): Promise<void> {
  for (const side of [challenger, champion]) if (side?.session.known) await side.session.value.close();
}

async function loadMeasured(request: GateRequest, sides: Sides, ports: GatePorts): Promise<Loaded> {
  const [first] = request.data;
  if (first === undefined) throw new KnownGoodError('internal', 'A gate needs a test table.');
  const plan = await planGate({ request, sides, data: first }, ports);
  const contestants = { challenger: plan.challenger.askable, champion: plan.champion?.askable };
  const test = await loadOne(first, { request, plan }, ports);
  const others: LoadedData[] = [];
  for (const data of request.data.slice(1)) others.push(await loadOne(data, { request, plan }, ports));
  const tried = await tryOut({ ...contestants, test, folder: sides.challenger.folder }, ports);
  const loaded = [test, ...others];
  return {
    assumptions: [...new Set([...plan.assumptions, ...loaded.flatMap((each) => each.assumptions)])],
    facts: {
      model: request.model,
      task: known(plan.task.task),
      predictions: 'measured',
      contract: plan.contract,
      challenger: { ...plan.challenger.facts, ...tried.challenger },
      champion: plan.champion && { ...plan.champion.facts, ...tried.champion },
      noChampion:
        sides.champion === undefined
          ? (request.noChampion ?? { asked: false, why: 'nobody named a champion.' })
          : undefined,
      documents: { ...plan.documents, golden: tried.golden },
      data: loaded.map((each) => each.facts),
      probes: tried.probes,
      threshold: plan.threshold,
      ...(sides.champion === undefined ? {} : { championThreshold: plan.championThreshold }),
    },
  };
}

function loadOne(
  data: GateRequest['data'][number],
  { request, plan }: { request: GateRequest; plan: GatePlan },
  ports: GatePorts,
): Promise<LoadedData> {
  ports.progress(`measuring on ${data.path}`);
  const scheme = {
    task: plan.task.task,
    threshold: plan.threshold.value,
    championThreshold: plan.championThreshold.value,
    classes: plan.classes,
    positive: request.outputs.positive,
  };
  const contestants = {
    challenger: plan.challenger.askable,
    champion: plan.champion?.askable,
    fileClasses: plan.challenger.fileClasses,
  };
  return loadData({ request: data, all: request, contestants, scheme }, ports);
}
