import type { LoadedSource, LogPlace } from '../../core/sql-engine.ts';
import { tableError, type TableProblem } from '../tables/table-error.ts';

/** Counts broken lines that are left out of a source; with one more than allowed it refuses the source. */
export class Rejections {
  private readonly most: number;
  private first: (LogPlace & TableProblem) | undefined;
  count = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** Whether so many more are allowed. */
  allows(more: number): boolean {
    return this.count + more <= this.most;
  }

  /** Throws the `input` error that names the first broken line once there are too many. */
  add(place: LogPlace, problem: TableProblem, lines = 1): void {
    if (this.first === undefined || isBefore(place, this.first)) this.first = { ...place, ...problem };
    this.count += lines;
    if (this.count <= this.most) return;
    const { what, todo, ...where } = this.first;
    const more =
      this.most === 0 ? '' : ` (the first of more than the ${this.most} broken lines that are allowed)`;
    throw tableError(where, { what: `${what}${more}`, todo });
  }

  /** What was left out. */
  facts(): LoadedSource['rejected'] {
    if (this.first === undefined) return { count: this.count };
    const { what, todo: _, ...place } = this.first;
    return { count: this.count, first: { ...place, why: what } };
  }
}

/** Whether a line comes before another of the same file: not all are found in one reading. */
function isBefore(place: LogPlace, other: LogPlace): boolean {
  return place.path === other.path && (place.line ?? 0) < (other.line ?? 0);
}
