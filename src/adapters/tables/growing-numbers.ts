const FIRST_CHUNK = 1024;
const LARGEST_CHUNK = 65_536;

/** A list of doubles that grows without copying: chunks of up to 65 536 values, joined once at the end. */
export class GrowingNumbers {
  private readonly full: Float64Array[] = [];
  private chunk = new Float64Array(FIRST_CHUNK);
  private used = 0;
  private fullLength = 0;

  get length(): number {
    return this.fullLength + this.used;
  }

  push(value: number): void {
    if (this.used === this.chunk.length) this.grow();
    this.chunk[this.used++] = value;
  }

  /** All values in one array; the list is empty afterwards, so that its memory can be reused. */
  take(): Float64Array {
    const values = new Float64Array(this.length);
    let at = 0;
    for (const chunk of this.full.splice(0)) {
      values.set(chunk, at);
      at += chunk.length;
    }
    values.set(this.chunk.subarray(0, this.used), at);
    this.chunk = new Float64Array(0);
    this.used = 0;
    this.fullLength = 0;
    return values;
  }

  private grow(): void {
    const size = Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, this.length * 2));
    this.full.push(this.chunk);
    this.fullLength += this.chunk.length;
    this.chunk = new Float64Array(size);
    this.used = 0;
  }
}
