import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { ProbeResult } from '../../core/probe.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { currentTenure, type Tenure } from '../../ledger/state.ts';
import { planLook, type LookPlan } from '../../promotion/plan-look.ts';
import { appendEntries } from './append-entries.ts';
import { loadTag, loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** A bad look counts only when a second one, this much later, is bad too. */
const SECOND_LOOK_MS = 30_000;

/** What a look found about the release that serves. */
export interface Look {
  plan: LookPlan;
  tenure: Tenure;
  probes: readonly ProbeResult[];
  view: LaneView;
}

/**
 * Looks once at what the lane serves, and records what is worth it. `undefined` where the lane has no release, or another
 * one came while it was looked at. `view`: the lane as it was read a moment ago.
 */
export async function lookOnce(ports: ReleasePorts, lane: Lane, view?: LaneView): Promise<Look | undefined> {
  const before = view ?? (await loadView(ports.ledger, lane));
  const tenure = currentTenure(before.state);
  const { policy } = before.state;
  if (tenure === undefined || policy === undefined) return undefined;
  const looked = await ask(ports, policy, tenure);
  const plan = planLook({ tenure, ...looked, now: ports.timer.now().toISOString() });
  const probes = looked.second ?? looked.first;
  ports.progress({ step: 'looked', message: `${formatLane(lane)}: ${plan.outcome}. ${plan.message}` });
  const after = await record(ports, before, { plan, tenure });
  return after === undefined ? undefined : { plan, tenure, probes, view: after };
}

async function ask(
  ports: ReleasePorts,
  policy: Policy,
  tenure: Tenure,
): Promise<{ first: ProbeResult[]; second?: ProbeResult[]; control?: { answered: boolean; what: string } }> {
  const first = await round(ports, policy, tenure);
  if (first.every(({ outcome }) => outcome === 'good')) return { first };
  const message = `Not as expected; looking again in ${SECOND_LOOK_MS / 1000} s, so that a blink does not count.`;
  ports.progress({ step: 'waiting', message });
  await ports.timer.sleep(SECOND_LOOK_MS);
  const [second, control] = await Promise.all([round(ports, policy, tenure), askControl(ports, policy)]);
  return { first, second, control };
}

async function round(ports: ReleasePorts, { probes }: Policy, { release }: Tenure): Promise<ProbeResult[]> {
  return Promise.all(probes.map((probe) => ports.prober.probe(probe, release)));
}

/** Something else that must answer while our own network is well: the configured URL, or the registry. */
async function askControl(ports: ReleasePorts, policy: Policy): Promise<{ answered: boolean; what: string }> {
  const { control } = policy;
  if (control !== undefined)
    return { answered: await ports.prober.answers(control), what: `The control ${control}` };
  const tag = await loadTag(ports.registries, policy);
  return { answered: tag.kind !== 'unreadable', what: 'The registry' };
}

/** Writes the entry, unless the lane has another release by now. */
async function record(
  ports: ReleasePorts,
  before: LaneView,
  { plan, tenure }: { plan: LookPlan; tenure: Tenure },
): Promise<LaneView | undefined> {
  const { digest } = tenure.release;
  let view = before;
  while (currentTenure(view.state)?.seq === tenure.seq) {
    if (plan.record === undefined) return view;
    const shared = { id: ports.ids.next(), digest, message: plan.message.slice(0, 500) };
    const draft =
      plan.record === 'failed'
        ? ({ ...shared, kind: 'failed', phase: 'probe' } as const)
        : { ...shared, kind: plan.record };
    const written = await appendEntries(ports, view, { drafts: [draft] });
    if (written.kind === 'appended') return written.view;
    view = written.view;
  }
  return undefined;
}
