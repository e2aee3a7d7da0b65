/** `hold` = not proved either way; `error` = could not be told; order of badness: pass < hold < error < fail. */
export const OUTCOMES = ['pass', 'hold', 'error', 'fail'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** `gate` counts towards the verdict, `inform` is shown and never changes it. */
export const ROLES = ['gate', 'inform'] as const;

export type Role = (typeof ROLES)[number];

/** Rank of badness, 0 (pass) to 3 (fail). */
export function badness(outcome: Outcome): number {
  return OUTCOMES.indexOf(outcome);
}

/** The worst of the outcomes; none at all is `hold`, never `pass`. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return (
    outcomes.reduce<Outcome | undefined>(
      (worst, next) => (worst === undefined || badness(next) > badness(worst) ? next : worst),
      undefined,
    ) ?? 'hold'
  );
}

/** Exit code of a verdict: 0 pass, 1 fail, 2 hold, 3 error. */
export function exitCodeOf(outcome: Outcome): 0 | 1 | 2 | 3 {
  const codes = { pass: 0, fail: 1, hold: 2, error: 3 } as const;
  return codes[outcome];
}
