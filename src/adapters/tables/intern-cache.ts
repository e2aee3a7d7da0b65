const SLOTS = 4096;
const LONGEST = 64;

/**
 * Gives the same string object for the same bytes as long as its slot lasts, so that a column of few different texts
 * holds each of them about once. Fixed size; texts above 64 bytes are not kept.
 */
export class InternCache {
  private readonly strings: (string | undefined)[] = Array.from({ length: SLOTS });
  private readonly lengths = new Uint8Array(SLOTS);
  private readonly bytes = new Uint8Array(SLOTS * LONGEST);

  /** The UTF-8 text of bytes [start, end). */
  text(buffer: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length > LONGEST) return buffer.toString('utf8', start, end);
    const slot = slotOf(buffer, start, end);
    const known = this.strings[slot];
    if (known !== undefined && this.lengths[slot] === length && this.holds(slot, buffer, start)) return known;
    const text = buffer.toString('utf8', start, end);
    this.strings[slot] = text;
    this.lengths[slot] = length;
    this.bytes.set(buffer.subarray(start, end), slot * LONGEST);
    return text;
  }

  private holds(slot: number, buffer: Buffer, start: number): boolean {
    const from = slot * LONGEST;
    const length = this.lengths[slot] as number;
    for (let i = 0; i < length; i++) if (this.bytes[from + i] !== buffer[start + i]) return false;
    return true;
  }
}

/** FNV-1a over the bytes, folded to a slot. */
function slotOf(buffer: Buffer, start: number, end: number): number {
  let state = 0x811c9dc5;
  for (let at = start; at < end; at++) state = Math.imul(state ^ (buffer[at] as number), 0x01000193);
  return (state ^ (state >>> 15)) & (SLOTS - 1);
}
