const FIRST_BLOCK = 2048;
const LARGEST_BLOCK = 2 ** 20;

type Numbers = Float64Array | Int32Array;

/**
 * Numbers that come chunk by chunk, in blocks of up to 2^20 that are joined once: nothing is copied more than twice, and nothing at all where
 * no more come than were expected.
 */
export class GrowingArray<A extends Numbers> {
  private readonly make: (length: number) => A;
  private readonly blocks: A[] = [];
  private used = 0;
  private length = 0;

  /** Room for `expected` values is made at once; what of it is never written to takes no memory. */
  constructor(make: (length: number) => A, expected = 0) {
    this.make = make;
    if (expected > 0) this.blocks.push(make(expected));
  }

  /** Room for the next `n` values, at most 2^20; what is written there is kept. */
  next(n: number): A {
    let block = this.blocks.at(-1);
    if (block === undefined || this.used + n > block.length) {
      if (block !== undefined) this.blocks[this.blocks.length - 1] = block.subarray(0, this.used) as A;
      block = this.make(Math.max(n, Math.min(LARGEST_BLOCK, Math.max(FIRST_BLOCK, this.length))));
      this.blocks.push(block);
      this.used = 0;
    }
    const room = block.subarray(this.used, this.used + n) as A;
    this.used += n;
    this.length += n;
    return room;
  }

  /** All values in one array; nothing is left here. */
  take(): A {
    const [only] = this.blocks;
    if (only !== undefined && this.blocks.length === 1) {
      const own = only.subarray(0, this.length) as A;
      this.blocks.pop();
      [this.used, this.length] = [0, 0];
      return own;
    }
    const values = this.make(this.length);
    const last = this.blocks.pop();
    if (last !== undefined) this.blocks.push(last.subarray(0, this.used) as A);
    let at = 0;
    for (let block = this.blocks.shift(); block !== undefined; block = this.blocks.shift()) {
      values.set(block, at);
      at += block.length;
    }
    [this.used, this.length] = [0, 0];
    return values;
  }
}
