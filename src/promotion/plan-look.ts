import type { ProbeResult } from '../core/probe.ts';
import { nameRelease } from '../core/release.ts';
import { judgeGoodLook } from '../ledger/soak.ts';
import type { Tenure } from '../ledger/state.ts';

/** One look at what is served: all probes, once more after a while where one was not good, and whether our own network was well. */
export interface LookFacts {
  tenure: Tenure;
  first: readonly ProbeResult[];
  /** Present where the first round was not good. */
  second?: readonly ProbeResult[];
  /** Present with `second`: a request that must work while our network does. */
  control?: { answered: boolean; what: string };
  /** ISO time of the end of the look. */
  now: string;
}

/** What a look found, and the entry that is worth writing about it. */
export interface LookPlan {
  outcome: 'healthy' | 'good' | 'failed' | 'inconclusive' | 'unproved';
  message: string;
  record?: 'healthy' | 'observed' | 'failed' | 'inconclusive';
}

/**
 * Judges a look. Bad counts only when it is bad twice while a control request succeeds; what is the same as the last time is
 * not written again. Without probes nothing is proved.
 */
export function planLook({ tenure, first, second, control, now }: LookFacts): LookPlan {
  if (tenure.trouble?.phase === 'deploy') return undeployed(tenure);
  if (first.length === 0) return noProbes(tenure);
  const decisive = second ?? first;
  const bad = decisive.filter(({ outcome }) => outcome !== 'good');
  if (bad.length === 0) return goodLook(tenure, decisive, now);
  const message = bad
    .map((probe) => `${probe.name}: ${probe.message}`)
    .join(' ')
    .slice(0, 500);
  if (second !== undefined && control?.answered === true) {
    return {
      outcome: 'failed',
      message,
      ...(changed(tenure, 'failed') ? { record: 'failed' as const } : {}),
    };
  }
  const why =
    control === undefined ? '' : ` ${control.what} did not answer either, so it may be our own network.`;
  const record =
    changed(tenure, 'inconclusive') && tenure.trouble?.kind !== 'failed'
      ? { record: 'inconclusive' as const }
      : {};
  return { outcome: 'inconclusive', message: `${message}${why}`.slice(0, 500), ...record };
}

/** Whatever answers is the release before it. */
function undeployed({ release, trouble, action }: Tenure): LookPlan {
  const again = action === 'rollback' ? 'rollback' : 'promote';
  const message = `${nameRelease(release)} was not deployed (${trouble?.message ?? 'no reason is known'}), so what answers is something else. Deploy it with another ${again} to ${release.version}, or roll back.`;
  return { outcome: 'unproved', message };
}

function noProbes({ release }: Tenure): LookPlan {
  const message = `No probes are configured (environment key verify), so nothing proves that ${nameRelease(release)} serves well; it never becomes known good.`;
  return { outcome: 'unproved', message };
}

function goodLook(tenure: Tenure, probes: readonly ProbeResult[], now: string): LookPlan {
  const message = `${probes.length} of ${probes.length} probes as expected.`;
  const calm = tenure.trouble === undefined;
  if (tenure.healthyAt !== undefined && calm) return { outcome: 'healthy', message };
  const worth = judgeGoodLook(tenure, now);
  if (worth === 'too-soon') return { outcome: 'good', message };
  const done = worth === 'complete' && calm;
  if (worth === 'complete' && tenure.soakMs === 0) return { outcome: 'healthy', message, record: 'healthy' };
  return done
    ? { outcome: 'healthy', message, record: 'healthy' }
    : { outcome: 'good', message, record: 'observed' };
}

function changed({ trouble }: Tenure, kind: 'failed' | 'inconclusive'): boolean {
  return trouble?.kind !== kind || trouble.phase !== 'probe';
}
