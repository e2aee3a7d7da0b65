import type { CheckResult } from '../../src/core/check.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import type { ShadowFigures } from '../../src/report/shadow/shadow-figures.ts';
import { hex, verdict } from './sample-base.ts';
import { told } from './sample-checks.ts';
import { bankShadow } from './sample-shadow-figures.ts';

const EVIL =
  '@octocat <img src=x onerror=alert(1)> [a](javascript:alert(1)) https://evil.example #1 deadbeef1 :boom: $x$ | `b` **c** a@b.example \u202egnp.exe\u200b\n```mermaid';

/** A shadow whose names, messages and ids try to be markup. */
export function hostileShadow(base: Verdict, facts: NonNullable<Verdict['shadow']>): Verdict {
  return verdict(
    {
      model: EVIL.slice(0, 50),
      version: '1.0.0 | `x` @acme/team',
      environment: 'prod</h1><script>alert(1)</script>',
      outcome: 'fail',
      reason: EVIL,
      binding: 'agreement',
      assumptions: [EVIL],
      producer: { tool: 'known-good 0.1.0', run: 'https://evil.example' },
      data: [{ role: 'log', path: EVIL, sha256: hex('ab'), rows: 3 }],
      shadow: {
        ...facts,
        champion: { name: EVIL },
        challenger: { name: EVIL, digest: hex('ab') },
        signOff: [EVIL, '- [ ] task', '</details>'],
      },
      checks: [
        told('agreement', EVIL, {
          outcome: 'fail',
          reason: 'above-max',
          subject: EVIL,
          measured: 0.5,
          unit: 'share',
          limit: { rule: 'max', value: 0.3 },
          interval: [0.4, 0.6],
          settle: EVIL,
          method: EVIL.slice(0, 200),
        }),
        ...(['log', 'labels', 'coverage', 'errors', 'drift'] as const).map((check): CheckResult =>
          told(check, EVIL, { id: `${check}.${EVIL}`, outcome: 'hold', reason: 'odd', settle: EVIL }),
        ),
      ],
    },
    base,
  );
}

/** Figures whose foreign strings try to be markup. */
export const hostileFigures: ShadowFigures = {
  ...bankShadow,
  disagreements: [{ id: EVIL, champion: 0, challenger: 1 }],
  sliceDisagreements: [{ slice: `job = ${EVIL}`, n: 0, flips: 0 }],
  errors: [{ kind: EVIL, champion: 1, challenger: 0 }],
  drift: (bankShadow.drift ?? []).slice(0, 8).map((row) => ({ ...row, name: `${EVIL}${row.name}` })),
};
