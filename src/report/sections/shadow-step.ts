import type { CheckName, CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';

/** Who does what now. */
export interface Step {
  who: string;
  what: string;
}

/** What those mend who run the two models and their log; the rest is the data scientist's. */
const SERVING: readonly CheckName[] = ['log', 'coverage', 'errors', 'latency'];

/** Who does what after a shadow: promote it, let it run on, or mend what binds. */
export function shadowStep(verdict: Verdict): Step {
  const binding = verdict.checks.find((check) => check.id === verdict.binding);
  const who =
    binding !== undefined && SERVING.includes(binding.check) ? 'whoever serves the models' : 'data scientist';
  switch (verdict.outcome) {
    case 'pass':
      return { who: 'release manager', what: passSentence(verdict) };
    case 'hold':
      return { who, what: binding?.settle ?? waitSentence(binding) };
    case 'fail':
      return { who, what: binding?.settle ?? 'mend what fails below, and shadow the next version.' };
    case 'error':
      return {
        who,
        what: binding?.settle ?? 'make the checks below answerable, then make the report again.',
      };
    default:
      return verdict.outcome satisfies never;
  }
}

function passSentence({ environment, shadow, checks }: Verdict): string {
  const asked = shadow?.signOff.length ?? 0;
  const where = environment === undefined ? 'it may be promoted' : `it may go to ${environment}`;
  const signed =
    asked === 0
      ? '; the shadow asks for nothing more.'
      : ` once signed off (${formatCount(asked)} asked for below).`;
  const doubts = checks.filter(({ role, outcome }) => role === 'inform' && outcome !== 'pass').length;
  if (doubts === 0) return where + signed;
  const checked = doubts === 1 ? 'check that only informs' : `${formatCount(doubts)} checks that only inform`;
  return `${where}${signed} Have a look at the ${checked}.`;
}

function waitSentence(binding: CheckResult | undefined): string {
  const { rowsNeeded, n = 0 } = binding ?? {};
  if (rowsNeeded === undefined) return 'let the shadow run on, then make the report again.';
  const more = rowsNeeded > n ? `about ${formatCount(rowsNeeded - n)} more` : 'more';
  return `let the shadow run on for ${more} labelled requests (${formatCount(rowsNeeded)} in all), then make the report again.`;
}
