import { countOf, quote } from '../verdict/sentences.ts';
import type { DriftFinding } from './facts.ts';
import { formatShare } from './format-share.ts';

/** How far a column moved, beside what chance alone does, in a sentence. */
export function driftSentence({ name, against, result, adjustedP }: DriftFinding): string {
  const { psi, noiseFloor, m, reason } = result;
  const where =
    against === 'reference' ? 'from the reference' : 'from the first to the last third of the window';
  if (psi === undefined || noiseFloor === undefined)
    return `How far ${quote(name)} is ${where} could not be measured: ${WHY[reason ?? 'too-few-rows']}.`;
  const chance =
    adjustedP === undefined ? '' : `, adjusted p ${adjustedP < 1e-4 ? '< 0.0001' : adjustedP.toFixed(4)}`;
  return `${quote(name)} is ${psi.toFixed(4)} (PSI) ${where} on ${countOf(m, 'row')}; chance alone stays below ${noiseFloor.toFixed(4)}${chance}.${missing(result)}`;
}

const NOTEWORTHY = 0.01;

function missing({ missing: { reference, current } }: DriftFinding['result']): string {
  if (reference === undefined || current === undefined) return '';
  if (Math.abs(current - reference) <= NOTEWORTHY) return '';
  return ` It is missing in ${formatShare(current)} of the rows, in the reference in ${formatShare(reference)}.`;
}

const WHY = {
  'no-reference-rows': 'the reference has no rows',
  'no-current-rows': 'the window has no rows',
  'types-differ': 'one side has numbers and the other texts',
  'no-reference-values': 'the reference has no usable value',
  'too-few-rows': 'there are too few rows',
} as const;
