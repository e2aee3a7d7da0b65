import type { Tenure } from './state.ts';

/** Fewest good looks that prove a soak that is longer than zero. */
export const FEWEST_LOOKS = 3;

type Trouble = NonNullable<Tenure['trouble']>;

/** A tenure after a good look: its soak goes on, or begins again after a gap of more than half of it or a clock that went back. */
export function lookGood(tenure: Tenure, at: string): Tenure {
  const { trouble, ...calm } = tenure;
  const before = trouble === undefined && !interrupted(tenure, at) ? tenure.soak : undefined;
  return { ...calm, soak: { since: before?.since ?? at, lastAt: at, looks: (before?.looks ?? 0) + 1 } };
}

/** A tenure after a look that was not good: its soak begins again. */
export function lookBad(tenure: Tenure, trouble: Trouble): Tenure {
  const { soak: _lost, ...rest } = tenure;
  return { ...rest, trouble };
}

/**
 * What a good look at `at` is worth: it completes the soak (at least three looks over the whole time, no gap above half of it; with
 * a soak of 0 the first one does), is to be recorded, or came too soon after the last to be worth an entry.
 */
export function judgeGoodLook(tenure: Tenure, at: string): 'complete' | 'record' | 'too-soon' {
  const { soakMs } = tenure;
  if (soakMs === 0) return 'complete';
  const { soak, trouble } = lookGood(tenure, at);
  if (soak === undefined || trouble !== undefined || soak.looks === 1) return 'record';
  if (soak.looks >= FEWEST_LOOKS && Date.parse(at) - Date.parse(soak.since) >= soakMs) return 'complete';
  const gap = Date.parse(at) - Date.parse(tenure.soak?.lastAt ?? at);
  return gap >= soakMs / 4 ? 'record' : 'too-soon';
}

function interrupted({ soak, soakMs }: Tenure, at: string): boolean {
  if (soak === undefined) return false;
  const gap = Date.parse(at) - Date.parse(soak.lastAt);
  return !(gap >= 0) || gap > soakMs / 2;
}
