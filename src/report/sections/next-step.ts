import type { CheckResult } from '../../core/check.ts';
import type { Verdict } from '../../core/verdict.ts';
import { code, strong, text, type Block } from '../document.ts';
import { formatCount } from '../../core/format-number.ts';
import { hasGates } from './headline.ts';
import { shadowStep, type Step } from './shadow-step.ts';

/** Who does what now, and the command to type where there is one. */
export function nextStep(verdict: Verdict, command: string | undefined): Block {
  const { who, what } = verdict.kind === 'shadow' ? shadowStep(verdict) : step(verdict);
  const typed = command === undefined ? [] : [text(' '), code(command)];
  return { kind: 'paragraph', inlines: [strong(`Next, ${who}:`), text(` ${midSentence(what)}`), ...typed] };
}

/** With a small first letter, where the first word is an ordinary one. */
function midSentence(sentence: string): string {
  return /^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function step(verdict: Verdict): Step {
  const binding = verdict.checks.find((check) => check.id === verdict.binding);
  switch (verdict.outcome) {
    case 'pass':
      return passStep(verdict);
    case 'hold':
      return { who: 'data scientist', what: holdSentence(verdict, binding) };
    case 'fail':
      return {
        who: 'data scientist',
        what: binding?.settle ?? 'mend what fails below, then run the gate again.',
      };
    case 'error':
      return {
        who: 'data scientist',
        what: binding?.settle ?? 'make the checks below answerable, then run the gate again.',
      };
    default:
      return verdict.outcome satisfies never;
  }
}

function passStep({ environment, checks }: Verdict): Step {
  const doubts = checks.filter((check) => check.role === 'inform' && check.outcome !== 'pass').length;
  const look =
    doubts === 0
      ? ''
      : ` Have a look at the ${doubts === 1 ? 'check that only informs' : `${doubts} checks that only inform`}.`;
  if (environment === undefined)
    return { who: 'reviewer', what: `nothing is left to do for this gate.${look}` };
  return {
    who: 'release manager',
    what: `it may go to ${environment}; this gate asks for nothing more.${look}`,
  };
}

function holdSentence(verdict: Verdict, binding: CheckResult | undefined): string {
  if (binding?.settle !== undefined) return binding.settle;
  if (!hasGates(verdict))
    return 'say what is good enough: set a limit or a champion to compare with, then run the gate again.';
  const { rowsNeeded, n } = binding ?? {};
  if (rowsNeeded === undefined) return 'give the gate what it lacks below, then run it again.';
  const more = n === undefined || n >= rowsNeeded ? undefined : formatCount(rowsNeeded - n);
  const label = more === undefined ? 'label more rows' : `label about ${more} more rows`;
  return `${label} (${formatCount(rowsNeeded)} in all), then run the gate again.`;
}
