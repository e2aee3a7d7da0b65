import type { StructureLimits, StructureProblem } from '../../core/model.ts';
import { countElements } from './count-elements.ts';

const MOST_PROBLEMS = 200;
const NAMES_PER_NODE = 16;
const SPARE_NAMES = 10_000;

/** One bounded read under way: its limits, what it has counted, and the problems found so far. */
export class Reading {
  readonly limits: StructureLimits;
  nodes = 0;
  parameters = 0;
  readonly operators = new Map<string, number>();
  /** Domains of the operators seen. */
  readonly domains = new Set<string>();
  /** Set once something was left unread, so that later steps draw no conclusions from what is missing. */
  incomplete = false;
  readonly #problems: StructureProblem[] = [];
  readonly #seen = new Set<string>();
  #unlisted = 0;
  #names = 0;

  constructor(limits: StructureLimits) {
    this.limits = limits;
  }

  /** Notes a problem; the same sentence is noted once. */
  refuse(code: StructureProblem['code'], message: string): void {
    if (this.#seen.has(message)) return;
    if (this.#problems.length >= MOST_PROBLEMS) {
      this.#unlisted += 1;
      return;
    }
    this.#seen.add(message);
    this.#problems.push({ code, message });
  }

  /** Notes a problem and that the rest of that part stays unread. */
  stop(code: StructureProblem['code'], message: string): void {
    this.incomplete = true;
    this.refuse(code, message);
  }

  /** Counts one node; `false` when there are too many to read on. */
  countNode(): boolean {
    this.nodes += 1;
    if (this.nodes <= this.limits.nodes) return true;
    this.stop('too-many-nodes', `The graph has more than ${this.limits.nodes} nodes, the limit.`);
    return false;
  }

  /** Counts one name (of an input, output, initializer, attribute, …); `false` when there are too many to read on. */
  countName(): boolean {
    this.#names += 1;
    const most = this.limits.nodes * NAMES_PER_NODE + SPARE_NAMES;
    if (this.#names <= most) return true;
    this.stop(
      'too-many-nodes',
      `The graph names more than ${most} values, which ${this.limits.nodes} nodes never need.`,
    );
    return false;
  }

  /** The number of elements of a shape, noting a problem and giving `undefined` when it is absurd. */
  elements(dims: readonly number[], what: string): number | undefined {
    const count = countElements(dims);
    const shown = `[${dims.slice(0, 8).join(', ')}${dims.length > 8 ? ', …' : ''}]`;
    if (count === undefined) {
      this.refuse(
        'absurd-dimensions',
        `${what} declares the shape ${shown}; a dimension must be between 0 and 2^53, and there may be 64 of them.`,
      );
    } else if (count > this.limits.tensorElements) {
      this.refuse(
        'absurd-dimensions',
        `${what} declares the shape ${shown}, ${count} elements; the limit is ${this.limits.tensorElements}.`,
      );
    } else return count;
    return undefined;
  }

  /** All problems found, at most 200; the last one says how many more there were. */
  problems(): StructureProblem[] {
    const last = this.#problems.at(-1);
    if (this.#unlisted === 0 || last === undefined) return [...this.#problems];
    const more = `${last.message} (${this.#unlisted} more problems are not listed.)`;
    return [...this.#problems.slice(0, -1), { ...last, message: more }];
  }
}
