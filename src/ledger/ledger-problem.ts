/** What can be wrong with a ledger, as stable codes. */
export type ProblemCode =
  | 'unreadable'
  | 'stranger'
  | 'missing-entry'
  | 'doubled-entry'
  | 'misplaced-entry'
  | 'altered-entry'
  | 'time-goes-back'
  | 'doubled-id'
  | 'truncated'
  | 'missing-state'
  | 'altered-state'
  | 'altered-quarantine'
  | 'altered-release'
  | 'missing-release'
  | 'altered-pointer'
  | 'altered-evidence'
  | 'missing-evidence'
  | 'rewritten';

/** One alteration: the file that shows it, and what was seen, in a sentence. */
export interface LedgerProblem {
  code: ProblemCode;
  /** Path on the ledger's branch; `head` for a branch that was rewritten. */
  path: string;
  message: string;
}
