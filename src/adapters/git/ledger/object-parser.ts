/** An object as `git cat-file --batch` prints it. */
export interface FoundObject {
  id: string;
  kind: string;
  bytes: Buffer;
}

/** One answer: the object, or `undefined` when there is none of that name. */
export type ObjectAnswer = FoundObject | undefined;

/** What stops the reading: an object above the limit, or output that is not of `cat-file --batch`. */
export type ObjectFault = { kind: 'too-large'; bytes: number } | { kind: 'unreadable' };

/** Who is told: `limit` is the largest size of the next object, in bytes. */
export interface ObjectListener {
  limit(): number;
  answer(answer: ObjectAnswer): void;
  fault(fault: ObjectFault): void;
}

const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) ([a-z]+) (\d{1,15})$/;
const LONGEST_HEADER = 8_192;

/** Takes the output of `git cat-file --batch` chunk by chunk, and tells of each object when it is complete. */
export class ObjectParser {
  private chunks: Buffer[] = [];
  private held = 0;
  private wanted = 0;
  private header: { id: string; kind: string; size: number } | undefined;
  private readonly listener: ObjectListener;

  constructor(listener: ObjectListener) {
    this.listener = listener;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.held += chunk.length;
    // Chunks are joined only when an object is complete, so that a large one is not copied again and again.
    if (this.header !== undefined && this.held < this.wanted) return;
    let rest = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks);
    for (let next = this.step(rest); next !== undefined; next = this.step(rest)) rest = next;
    this.chunks = [rest];
    this.held = rest.length;
  }

  private step(buffer: Buffer): Buffer | undefined {
    return this.header === undefined ? this.readHeader(buffer) : this.readBody(buffer, this.header);
  }

  private readHeader(buffer: Buffer): Buffer | undefined {
    const end = buffer.indexOf(0x0a);
    if (end < 0 && buffer.length > LONGEST_HEADER) this.listener.fault({ kind: 'unreadable' });
    if (end < 0) return undefined;
    const line = buffer.toString('utf8', 0, end);
    const [, id = '', kind = '', size = ''] = HEADER.exec(line) ?? [];
    if (id !== '') {
      if (Number(size) > this.listener.limit())
        this.listener.fault({ kind: 'too-large', bytes: Number(size) });
      this.header = { id, kind, size: Number(size) };
      this.wanted = Number(size) + 1;
    } else if (line.endsWith(' missing')) this.listener.answer(undefined);
    else this.listener.fault({ kind: 'unreadable' });
    return buffer.subarray(end + 1);
  }

  private readBody(buffer: Buffer, header: { id: string; kind: string; size: number }): Buffer | undefined {
    if (buffer.length < this.wanted) return undefined;
    this.header = undefined;
    this.listener.answer({ id: header.id, kind: header.kind, bytes: buffer.subarray(0, header.size) });
    return buffer.subarray(this.wanted);
  }
}
