import type { LedgerStore } from '../../core/ledger-store.ts';
import { seen } from '../../core/seen.ts';
import type { LedgerProblem } from '../../ledger/ledger-problem.ts';
import { verifyChain, type LedgerCheck } from '../../ledger/verify-chain.ts';

/** What a ledger was found to be; versioned, the `--json` output. */
export interface LedgerReport extends LedgerCheck {
  schema: 1;
  /** The commit that was checked; absent where there is no ledger yet. */
  head?: string;
  /** The earlier head that it was held against. */
  against?: string;
}

/** Reads the whole ledger at one head and checks it; with `against`, a whole commit name, that it lies before this head as well. */
export async function verifyLedger(ledger: LedgerStore, against: string | undefined): Promise<LedgerReport> {
  const { head } = await ledger.read([]);
  const asked = against === undefined ? {} : { against };
  if (head === undefined) {
    const gone = `There is no ledger any more, and ${seen(against)} was its head: the branch was removed.`;
    const problems = against === undefined ? [] : [rewritten(gone)];
    return { schema: 1, lanes: [], releases: 0, evidence: 0, problems, ...asked };
  }
  const check = verifyChain(await ledger.readAll(head, ''));
  const isKnown = against === undefined || (await ledger.contains(head, against));
  const cut = `The head ${head} does not contain ${seen(against)}: history was rewritten or truncated since that head was printed, or it is none of this ledger's.`;
  const problems = isKnown ? check.problems : [rewritten(cut), ...check.problems];
  return { schema: 1, ...check, problems, head, ...asked };
}

function rewritten(message: string): LedgerProblem {
  return { code: 'rewritten', path: 'head', message };
}
