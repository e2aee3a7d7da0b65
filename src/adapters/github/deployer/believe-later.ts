import type { DeployRequest } from '../../../core/ports.ts';
import type { SortedRuns } from './sort-runs.ts';
import { ignoredSentence, unaskedSentence } from './workflow-sentences.ts';

/**
 * Whether a run with a later number is what its title says. Whoever may write can start the workflow with any number; numbers are given by
 * the ledger alone, and while it has our operation open it has given no later one. Where nobody can ask it, or it does not say, the title
 * is believed: nothing is deployed over what may be newer.
 */
export async function believeLater(
  progress: (line: string) => void,
  request: DeployRequest,
  later: NonNullable<SortedRuns['later']>,
): Promise<boolean> {
  if (request.stillOpen === undefined) return true;
  try {
    if (!(await request.stillOpen())) return true;
  } catch (error) {
    progress(unaskedSentence(error));
    return true;
  }
  progress(ignoredSentence(request, later));
  return false;
}
