import { binaryProblem, isBinary, recordTooLong, type RecordReader } from '../tables/read-records.ts';
import type { TableProblem } from '../tables/table-error.ts';
import type { TableLimits } from '../tables/table-limits.ts';
import type { LineCopy } from './line-copy.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;

/** The byte that separates columns where lines are read as a whole: no JSON text has it. */
export const NO_DELIMITER = '\u0001';

/** How a JSONL file is looked at. */
export interface JsonlCheckOptions {
  path: string;
  limits: TableLimits;
  /** Told of every broken line; may throw. */
  reject: (line: number, problem: TableProblem) => void;
  /** Receives the good lines, carriage returns turned into spaces. */
  copy?: LineCopy | undefined;
}

/**
 * Looks at the lines of a JSONL file before the engine does: lines that are no text or empty, and carriage returns, which DuckDB would
 * take for line ends. Whether a line is JSON is left to the engine.
 */
export class JsonlCheck implements RecordReader {
  readonly done = false;
  line = 1;
  /** Good lines so far. */
  records = 0;
  /** Bytes of the longest good line. */
  longest = 0;
  carriageReturns = false;
  /** Lines that were rejected, rising. */
  readonly rejected: number[] = [];
  private readonly options: JsonlCheckOptions;

  constructor(options: JsonlCheckOptions) {
    this.options = options;
  }

  take(window: Buffer, atEnd: boolean): number {
    const whole = atEnd ? window : window.subarray(0, window.lastIndexOf(LF) + 1);
    const returns = whole.includes(CR);
    if (returns) this.carriageReturns = true;
    const careful = returns || isBinary(whole) || whole.includes(NO_DELIMITER);
    let runStart = 0;
    for (let at = 0; at < whole.length;) {
      const lineFeed = whole.indexOf(LF, at);
      const end = lineFeed < 0 ? whole.length : lineFeed;
      const problem = this.problemOf(whole.subarray(at, end), careful);
      const next = Math.min(end + 1, whole.length);
      if (problem === undefined) this.accept(end - at);
      else {
        this.copy(whole.subarray(runStart, at), returns);
        runStart = next;
        this.rejected.push(this.line);
        this.options.reject(this.line, problem);
      }
      this.line++;
      at = next;
    }
    this.copy(whole.subarray(runStart), returns);
    return whole.length;
  }

  private problemOf(line: Buffer, careful: boolean): TableProblem | undefined {
    const { path, limits } = this.options;
    if (line.length > limits.recordBytes) throw recordTooLong({ path, line: this.line }, limits.recordBytes);
    if (line.length === 0 || isBlank(line)) return { what: 'this line is empty', todo: 'Remove it' };
    if (!careful) return undefined;
    if (isBinary(line)) return binaryProblem(line);
    if (!line.includes(NO_DELIMITER)) return undefined;
    const what = 'there is the control character 0x01, which JSON has nowhere';
    return { what, todo: 'Write it as \\u0001' };
  }

  private accept(bytes: number): void {
    this.records++;
    if (bytes > this.longest) this.longest = bytes;
  }

  private copy(lines: Buffer, returns: boolean): void {
    if (this.options.copy === undefined) return;
    this.options.copy.write(returns ? Buffer.from(lines.map((byte) => (byte === CR ? SPACE : byte))) : lines);
  }
}

function isBlank(line: Buffer): boolean {
  const first = line[0];
  if (first !== SPACE && first !== CR && first !== 9) return false;
  return line.every((byte) => byte === SPACE || byte === CR || byte === 9);
}
