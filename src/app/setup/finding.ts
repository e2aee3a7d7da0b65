/** One thing that was checked: it is well, something is missing, or nobody could tell. */
export interface Finding {
  /** Stable, for machines. */
  id: string;
  outcome: 'good' | 'missing' | 'unknown';
  /** What was seen, in a sentence. */
  message: string;
  /** What to do, in a sentence. */
  settle?: string;
}

export const good = (id: string, message: string): Finding => ({ id, outcome: 'good', message });
export const missing = (id: string, message: string, settle: string): Finding => ({
  id,
  outcome: 'missing',
  message,
  settle,
});
export const unsure = (id: string, message: string, settle: string): Finding => ({
  id,
  outcome: 'unknown',
  message,
  settle,
});

/** The process exit code: 1 where something is missing, else 3 where something could not be told, else 0. */
export function exitCodeOfFindings(findings: readonly Finding[]): 0 | 1 | 3 {
  const has = (outcome: Finding['outcome']) => findings.some((finding) => finding.outcome === outcome);
  return has('missing') ? 1 : has('unknown') ? 3 : 0;
}
