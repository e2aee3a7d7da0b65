import { KnownGoodError } from '../core/errors.ts';
import { rowCount, type Sample } from '../core/task.ts';
import type { SamplePair } from './paired-losses.ts';

/**
 * Throws where two samples cannot be compared row by row: `internal` for labels, tasks or numbers of rows or of cluster ids that differ,
 * `config` for a margin that is no number from 0 on.
 */
export function assertPaired(
  { champion, challenger }: SamplePair,
  { margin, clusters }: { margin: number; clusters?: Int32Array | undefined },
): void {
  if (!(margin >= 0 && Number.isFinite(margin))) {
    throw new KnownGoodError('config', `max_drop must be a number that is 0 or more: saw ${margin}.`);
  }
  const n = rowCount(champion);
  if (clusters !== undefined && clusters.length !== n) {
    throw new KnownGoodError('internal', `Saw ${clusters.length} cluster ids for ${n} rows.`);
  }
  if (champion.task !== challenger.task || rowCount(challenger) !== n || !sameLabels(champion, challenger)) {
    throw new KnownGoodError(
      'internal',
      'Champion and challenger are not on the same rows: their labels differ.',
    );
  }
}

function sameLabels(champion: Sample, challenger: Sample): boolean {
  if (champion.task === 'score' || challenger.task === 'score') return true;
  return champion.labels === challenger.labels || sameValues(champion.labels, challenger.labels);
}

function sameValues(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let row = 0; row < a.length; row++) if (a[row] !== b[row]) return false;
  return true;
}
