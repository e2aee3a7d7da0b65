import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Documents, Probes, SideFacts } from '../../gate/facts.ts';
import type { GatePorts } from './gate-ports.ts';
import type { LoadedData } from './load-data.ts';
import { loadGolden } from './load-golden.ts';
import type { Askable } from './measure.ts';
import { asFact, singleRows } from './measure.ts';
import { probeModel } from './probe.ts';
import { timeModels } from './time-models.ts';

/** What probing, the golden rows and timing told of both models. */
export interface TriedOut {
  challenger: Partial<SideFacts>;
  champion: Partial<SideFacts> | undefined;
  golden: Documents['golden'];
  probes: Probes | undefined;
}

/** Who is tried, on which table, and where the challenger's documents lie. */
export interface TryOut {
  challenger: Fact<Askable>;
  champion: Fact<Askable> | undefined;
  test: LoadedData;
  /** `undefined` for a bare file, which has no documents. */
  folder: string | undefined;
}

/** Probes the challenger, asks it the golden rows, then times both models on the test table. */
export async function tryOut(
  { challenger, champion, test, folder }: TryOut,
  ports: GatePorts,
): Promise<TriedOut> {
  const { table } = test.table;
  if (!challenger.known || table.rows === 0 || lacksColumns(challenger.value, test))
    return {
      challenger: {},
      champion: undefined,
      golden: folder === undefined ? known(undefined) : unknown('the model was not tried on any row.'),
      probes: undefined,
    };
  const rival = champion?.known && !lacksColumns(champion.value, test) ? [champion.value] : [];
  const models = [challenger.value, ...rival];
  const cold = await Promise.all(models.map((model) => coldStart(model, test)));
  ports.progress('trying peculiar rows');
  const probes = await probeModel(challenger.value, table);
  const golden = await goldenOf(folder, { model: challenger.value, test }, ports);
  ports.progress('timing');
  const times = await timeModels(models, table);
  const facts = await Promise.all(
    models.map(async (model, m) => ({
      coldStartMs: cold[m] ?? unknown('it was not timed.'),
      ...times[m],
      peakMemory: await peakOf(model),
    })),
  );
  return { challenger: facts[0] ?? {}, champion: facts[1], golden, probes };
}

async function goldenOf(
  folder: string | undefined,
  { model, test }: { model: Askable; test: LoadedData },
  ports: GatePorts,
): Promise<Documents['golden']> {
  if (folder === undefined) return known(undefined);
  const { scheme } = test.facts;
  return scheme.known ? loadGolden(`${folder}/golden.jsonl`, model, { scheme: scheme.value, ports }) : scheme;
}

function lacksColumns(model: Askable, { table }: LoadedData): boolean {
  return model.inputs.feeds.some((feed) => feed.columns.some((column) => !table.table.columns.has(column)));
}

/** From the start of loading to the first answer. Other rows ran before, so this is the load time plus one single-row call. */
async function coldStart(model: Askable, { table }: LoadedData): Promise<Fact<number>> {
  return asFact(async () => {
    const times = await model.session.time(singleRows(model, table.table, [0]));
    return model.session.loadMs + (times[0] ?? Number.NaN);
  });
}

async function peakOf(model: Askable): Promise<Fact<number>> {
  const peak = await asFact(() => model.session.peakMemory());
  if (!peak.known) return peak;
  return peak.value === undefined
    ? unknown('this platform does not tell the memory of a process.')
    : known(peak.value);
}
