import type { CheckName, CheckResult } from '../../core/check.ts';
import { formatShare } from '../format-share.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { shareAtEveryLook } from '../../stats/sequential/share-at-every-look.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf } from '../../verdict/sentences.ts';

/** A share of requests against a ceiling. */
export interface ShareLimit {
  id: string;
  check: CheckName;
  count: number;
  n: number;
  /** Absent: the share is shown. */
  max: number | undefined;
  /** Requests that the bounds are tightest at. */
  planned: number;
  /** What the share is of, to begin a sentence: `Both decide otherwise on`. */
  says: string;
  /** What to do where the ceiling is broken. */
  settle: string;
}

/** fail where the share is proved above the ceiling, pass where it is proved at or below it, else hold: at every look. */
export function shareLimit({ id, check, count, n, max, planned, says, settle }: ShareLimit): CheckResult {
  const share = count / n;
  const { low, high } = shareAtEveryLook({ count, n, planned });
  const outcome = max === undefined || high <= max ? 'pass' : low > max ? 'fail' : 'hold';
  const proof = { pass: '', fail: ': proved to be above it', hold: ', and nothing is proved yet' } as const;
  const asked = max === undefined ? '' : `; the limit is ${formatShare(max)}${proof[outcome]}`;
  const reasons = { pass: 'within-limit', fail: 'above-max', hold: 'not-proved' } as const;
  const more =
    share > (max ?? 1) ? settle : 'Wait for more requests: these are too few to prove that it is kept.';
  return result({
    id,
    check,
    role: max === undefined ? 'inform' : 'gate',
    outcome,
    reason: max === undefined ? 'shown' : reasons[outcome],
    measured: share,
    unit: 'share',
    n,
    limit: max === undefined ? undefined : { rule: 'max', value: max },
    interval: [low, high],
    level: TWO_SIDED,
    method: 'betting, valid at every look',
    message: `${says} ${formatShare(share)} of ${countOf(n, 'request')} (between ${formatShare(low)} and ${formatShare(high)} with 90 % confidence)${asked}.`,
    settle: outcome === 'pass' ? undefined : outcome === 'fail' ? settle : more,
  });
}
