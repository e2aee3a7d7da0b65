import type { CheckResult } from '../core/check.ts';
import type { Verdict } from '../core/verdict.ts';
import { checkName } from './check-name.ts';
import { byImportance } from './check-order.ts';
import { clipText, visibleText } from './visible-text.ts';

/** One GitHub annotation, as data; texts are on one line without control characters. */
export interface Annotation {
  level: 'error' | 'warning';
  title: string;
  message: string;
}

const MOST = 10;

/** At most 10 annotations, most important first: gates that fail or err are errors, those that hold warnings. What only informs is left to the report, but for gates that the change itself edits. */
export function annotations(verdict: Verdict): Annotation[] {
  const all = byImportance(verdict)
    .filter((check) => (check.role === 'gate' && check.outcome !== 'pass') || check.check === 'gates')
    .map(annotation);
  if (all.length <= MOST) return all;
  const rest = all.length - MOST + 1;
  const more: Annotation = {
    level: all.slice(MOST - 1).some(({ level }) => level === 'error') ? 'error' : 'warning',
    title: `${rest} more checks did not pass`,
    message: 'The report lists them all.',
  };
  return [...all.slice(0, MOST - 1), more];
}

function annotation(result: CheckResult): Annotation {
  const { outcome, message, settle } = result;
  return {
    level: outcome === 'hold' ? 'warning' : 'error',
    title: clipText(visibleText(`${checkName(result)}: ${outcome}`), 200),
    message: visibleText(settle === undefined ? message : `${message} ${settle}`),
  };
}
