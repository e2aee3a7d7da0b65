import type { CheckName, CheckResult } from '../core/check.ts';
import { judgeBy, type Judgement } from '../verdict/judge.ts';
import { mappingDoubt } from './checks/mapping-doubt.ts';

/** Of several checks with the same outcome the first of these binds: lies before limits, limits before conveniences. */
const PRECEDENCE: readonly CheckName[] = [
  'declared',
  'structure',
  'signature',
  'gates',
  'data',
  'champion',
  'metrics',
  'slices',
  'label-output',
  'golden',
  'smoke',
  'determinism',
  'manifest',
  'latency',
  'memory',
];

/** The worst of the gates wins; zero gates is `hold`. */
export function judge(checks: readonly CheckResult[]): Judgement {
  return judgeBy(checks, placeOf);
}

/** Doubts about what the numbers mean come before everything that is made of those numbers. */
function placeOf(check: CheckResult): number {
  const doubt = mappingDoubt(check);
  return doubt >= 0 ? doubt - PRECEDENCE.length : PRECEDENCE.indexOf(check.check);
}
