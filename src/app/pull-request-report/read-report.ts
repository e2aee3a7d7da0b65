import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import type { Verdict } from '../../core/verdict.ts';
import { judge } from '../../gate/verdict.ts';
import { readVerdict } from '../../ledger/evidence-ref.ts';
import { judgeShadow } from '../../shadow/evaluate-shadow.ts';

/**
 * A verdict out of a text that anybody may have written: strict JSON of at most 1 MiB, the verdict's schema, and an outcome that is the one its
 * own checks add up to. Reason and binding check are taken from the checks, never from what it says of itself. Everything else is an `input` error.
 */
export function readReport(text: string, name: string): Verdict {
  const { verdict, problem } = readVerdict(text, name);
  if (verdict === undefined)
    throw new KnownGoodError('input', `${name} is no verdict (${problem}), so nothing of it is shown.`);
  const { binding: _, ...rest } = verdict;
  const { checks, kind, outcome } = verdict;
  const judged = kind === 'gate' ? judge(checks) : judgeShadow(checks);
  if (judged.outcome !== outcome)
    throw new KnownGoodError(
      'input',
      `${name} says ${seen(outcome)}, and its checks add up to ${seen(judged.outcome)}: it was written by hand, so nothing of it is shown.`,
    );
  return { ...rest, ...judged };
}
