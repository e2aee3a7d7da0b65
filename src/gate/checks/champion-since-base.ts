import type { CheckResult } from '../../core/check.ts';
import type { ChampionChange, ComparedWithBase } from '../facts.ts';
import { quote } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';

/** A champion that comes with its challenger is the change judging itself, and holds; one that comes alone is shown first. */
export function championSinceBase({ champion, revision }: ComparedWithBase): CheckResult[] {
  if (champion === undefined) return [];
  const { challengerToo } = champion;
  return [
    result({
      id: 'gates.champion',
      check: 'gates',
      role: challengerToo ? 'gate' : 'inform',
      outcome: 'hold',
      reason: 'champion-changed',
      message: sentence(champion, `the base commit ${revision.slice(0, 7)}`),
      settle: challengerToo
        ? 'Merge the champion in a change of its own first; or compare with what is deployed from the base branch (baseline: auto).'
        : 'Agree to the new champion before reading the verdict: it is the measure.',
    }),
  ];
}

function sentence({ path, how, challengerToo }: ChampionChange, base: string): string {
  const too = challengerToo ? ', together with the challenger that is compared with it' : '';
  switch (how.kind) {
    case 'new':
      return `This change also brings the champion ${quote(path)}${too}: ${base} does not have it.`;
    case 'replaced':
      return `This change also replaces the champion ${quote(path)}${too}: ${base} has another one.`;
    case 'unread':
      return `Whether this change also replaces the champion ${quote(path)} cannot be told: it could not be compared with ${base} (${how.why})`;
    default:
      return how satisfies never;
  }
}
