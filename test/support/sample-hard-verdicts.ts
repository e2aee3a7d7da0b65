import type { CheckResult } from '../../src/core/check.ts';
import { comparedBank, good, hex, verdict } from './sample-base.ts';
import { floored, performanceChecks, shown, sliceChecks, soundChecks, told } from './sample-checks.ts';

const slices = sliceChecks(40);
const worstSlice: CheckResult = {
  ...(slices[7] ?? told('slices', '')),
  outcome: 'fail',
  reason: 'worse',
  measured: 0.6102,
  difference: -0.0708,
  interval: [-0.1043, -0.0374],
  message:
    'ROC-AUC is 7.08 points below the champion in 1,087 rows; at least 3.74 points are proved and 3.00 are allowed.',
  settle: 'look at how job = blue-collar is encoded, and train with more of its rows.',
};

/** Forty slices, one of which fails. */
export const manySlices = verdict({
  outcome: 'fail',
  reason: `In the slice job = blue-collar ROC-AUC is 7.08 points below the champion; at least 3.74 points are proved and 3.00 are allowed.`,
  binding: worstSlice.id,
  checks: [
    ...soundChecks(47, '5,000'),
    floored(good.roc_auc, 5000),
    ...comparedBank(good),
    ...slices.map((slice, index) => (index === 7 ? worstSlice : slice)),
    ...performanceChecks(),
  ],
});

const EVIL =
  '@octocat <img src=x onerror=alert(1)> [a](javascript:alert(1)) https://evil.example www.evil.example #1 acme/repo#2 GH-3 deadbeef1 :boom: $x$ | `b` **c** a@b.example \u202egnp.exe\u200b\nsecond line';

/** Names and messages that try to be markup. */
export const hostile = verdict({
  model: `${EVIL.slice(0, 60)}`,
  version: '1.0.0 | `x` @acme/team',
  environment: 'prod</h1><script>alert(1)</script>',
  outcome: 'fail',
  reason: EVIL,
  binding: 'signature',
  assumptions: [EVIL, '- [ ] task', '# heading', '1. one', '---', '```mermaid'],
  producer: { tool: 'known-good 0.1.0', workflow: EVIL, run: 'https://evil.example' },
  data: [{ role: 'test', path: EVIL, sha256: hex('ab'), rows: 3 }],
  checks: [
    told('signature', EVIL, {
      outcome: 'fail',
      reason: 'feature-unknown',
      subject: EVIL,
      measured: EVIL,
      limit: { rule: 'equals', value: '</code>|`|\u202e' },
      settle: `rename it, ${EVIL}`,
    }),
    ...sliceChecks(2).map((slice) => ({
      ...slice,
      id: `slices.${EVIL}.${slice.id}`,
      subject: `job = ${EVIL}`,
    })),
    shown('roc_auc', 0.5, { method: EVIL.slice(0, 200) }),
  ],
});
