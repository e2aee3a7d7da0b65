import { unknown, type Fact } from '../../core/fact.ts';
import type { LoadedSource, SqlSession } from '../../core/sql-engine.ts';
import type { DriftFacts, MaturedRows, ShadowFacts, TimeBucket } from '../../shadow/facts.ts';
import { flipTest } from '../../shadow/sql/aligned-rows.ts';
import { guessTask } from './guess-task.ts';
import { loadAgreement } from './load-agreement.ts';
import { loadDrift } from './load-drift.ts';
import { labelsFit, loadLabels, loadSpan, type Span } from './load-labels.ts';
import { loadLatency } from './load-latency.ts';
import { loadLogFacts, loadOutcomes } from './load-log-facts.ts';
import { loadOverTime, loadPeculiar } from './load-over-time.ts';
import { loadScored, type SampleRules, type TimedRows } from './load-scored.ts';
import { loadSliceFailures } from './load-slice-failures.ts';
import { bindReleases, makeViews, type MadeViews } from './make-views.ts';
import { openLog, type OpenLog } from './open-log.ts';
import { openReference, type Reference } from './open-reference.ts';
import { promisedBy } from './promised-by.ts';
import type { ShadowPorts } from './shadow-ports.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** What a shadow is judged on, and what had to be guessed. */
export interface LoadedShadow {
  facts: ShadowFacts;
  /** The training reference, where one was read. */
  reference: LoadedSource | undefined;
  assumptions: readonly string[];
}

/** Reads log, labels and reference, and asks the engine for everything that the checks look at. */
export async function loadShadow(request: ShadowRequest, ports: ShadowPorts): Promise<LoadedShadow> {
  const session = await ports.engine.open(ports.limits);
  try {
    return await load(session, request, ports);
  } finally {
    await session.close();
  }
}

async function load(session: SqlSession, request: ShadowRequest, ports: ShadowPorts): Promise<LoadedShadow> {
  ports.progress('reading the log');
  const log = await openLog(session, request);
  const reference = await openReference(log, request);
  const { task, assumptions } = await guessTask(log, request);
  const binding = await bindReleases(log, request);
  ports.progress('joining labels');
  const now = ports.clock.now().getTime();
  const views = await makeViews(log, {
    task,
    names: binding.names,
    window: request.window,
    now,
  });
  const span = await loadSpan(log);
  const threshold = task === 'binary-classification' ? (request.threshold ?? 0.5) : undefined;
  const { maturedAfter } = request;
  const labels = await loadLabels(log, span, { maturedAfter, threshold });
  const rules: SampleRules = {
    task,
    positive: request.positive ?? 1,
    threshold: threshold ?? 0.5,
    maturedUntil: labels.maturedUntil,
  };
  const rows = await compared(log, { rules, span, views, request, threshold, absent: labels.absent }, ports);
  const facts: ShadowFacts = {
    model: request.model,
    task,
    threshold,
    releases: binding.releases,
    binding: binding.kind,
    log: await loadLogFacts(log, views.repeats),
    window: span === undefined ? undefined : { from: span.from, to: span.to },
    ...(await loadOutcomes(log)),
    sliceFailures: await loadSliceFailures(log, rows.scored),
    labels,
    ...rows,
    latency: await loadLatency(log, request.settings.plannedLabels),
    peculiar: await loadPeculiar(log),
    promised: request.promised === undefined ? undefined : promisedBy(request.promised),
    ...(await overWindow(log, { span, rows: rows.scored, reference, request, threshold, task }, ports)),
  };
  const guesses = [...log.assumptions, ...assumptions, ...binding.assumptions];
  if (threshold !== undefined && request.threshold === undefined)
    guesses.push('threshold: 0.5 (nobody said another one)');
  return { facts, reference: reference.loaded, assumptions: guesses };
}

interface ToCompare {
  rules: SampleRules;
  span: Span | undefined;
  views: MadeViews;
  request: ShadowRequest;
  threshold: number | undefined;
  /** There is no label anywhere. */
  absent: boolean;
}

async function compared(
  log: OpenLog,
  { rules, span, views, request, threshold, absent }: ToCompare,
  ports: ShadowPorts,
): Promise<Pick<ShadowFacts, 'agreement' | 'matured'> & { scored: TimedRows }> {
  ports.progress('comparing');
  const { scored, matured } = await loadScored(log, rules, { span, views });
  const { tolerance } = request.settings.disagreement;
  const agreement = await loadAgreement(log, scored, { threshold, tolerance });
  const needsLabels = rules.task !== 'score';
  if (needsLabels && absent) {
    const why = 'neither the log nor any file has labels';
    return { agreement, scored, matured: unknown(why) };
  }
  const fit: Fact<undefined> = await labelsFit(log, { task: rules.task, positive: request.positive });
  const fact: Fact<MaturedRows> = fit.known ? { known: true, value: matured } : fit;
  return { agreement, scored, matured: fact };
}

interface Window {
  span: Span | undefined;
  rows: TimedRows;
  reference: Reference;
  request: ShadowRequest;
  threshold: number | undefined;
  task: ShadowFacts['task'];
}

async function overWindow(
  log: OpenLog,
  { span, rows, reference, request, threshold, task }: Window,
  ports: ShadowPorts,
): Promise<{ overTime: readonly TimeBucket[]; drift: DriftFacts }> {
  const noReference = reference.loaded === undefined ? reference.why : undefined;
  const { absent } = log;
  if (span === undefined)
    return { overTime: [], drift: { findings: [], noReference, unmeasured: [], absent } };
  const flip = flipTest(task, threshold, request.settings.disagreement.tolerance);
  const { loaded } = reference;
  const { progress } = ports;
  const { smoothing } = request;
  const drift = await loadDrift(log, {
    span,
    rows,
    reference: loaded,
    noReference,
    smoothing,
    progress,
  });
  return {
    overTime: await loadOverTime(log, { span, flip, rows }),
    drift: { ...drift, unmeasured: loaded === undefined ? [] : unmeasured(log, loaded), absent },
  };
}

/** Features that are other things in the log than in the reference, so that nothing can be measured. */
function unmeasured({ features, loaded }: OpenLog, reference: LoadedSource): DriftFacts['unmeasured'] {
  return features.flatMap(({ name, as }) => {
    const [here, there] = [loaded.kinds.get(as), reference.kinds.get(as)];
    if (there === undefined) return [{ name, why: 'the reference does not have it' }];
    if (here === there) return [];
    const is = { text: 'text', number: 'numbers, or nothing at all', instant: 'a time' } as const;
    return [{ name, why: `it is ${is[here ?? 'number']} in the log and ${is[there]} in the reference` }];
  });
}
