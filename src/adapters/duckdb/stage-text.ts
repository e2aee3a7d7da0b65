import type { Digest } from '../../core/digest.ts';
import { FileDigest } from '../tables/file-digest.ts';
import { openTable } from '../tables/open-table.ts';
import { readRecords } from '../tables/read-records.ts';
import { tableError } from '../tables/table-error.ts';
import { tableFormat } from '../tables/table-format.ts';
import type { TableLimits } from '../tables/table-limits.ts';
import { CsvCheck, type CsvCheckOptions } from './csv-check.ts';
import { JsonlCheck } from './jsonl-check.ts';
import { LineCopy } from './line-copy.ts';
import type { Rejections } from './rejections.ts';

/** A CSV or JSONL file that was looked at, and what the engine is to read of it. */
export interface StagedText {
  path: string;
  digest: Digest;
  bytes: number;
  check: CsvCheck | JsonlCheck;
  /** How all lines of what the engine reads end. */
  lineEnd: 'lf' | 'crlf';
  /** The clean and unpacked copy; `undefined` where the file itself can be read. */
  copy: string | undefined;
}

/** What is needed to look at a text file. */
export interface TextStaging {
  path: string;
  limits: TableLimits;
  /** Whether it is gzipped: then the engine reads a copy. */
  zipped: boolean;
  /** Where a copy may be written. */
  copy: string;
  rejections: Rejections;
}

/**
 * Looks at every line of a file, and writes a copy where DuckDB could not read it as it is: gzipped, with broken lines, with line ends
 * of two kinds. Most files are not copied.
 */
export async function stageText(staging: TextStaging): Promise<StagedText> {
  const { path, limits, zipped, rejections } = staging;
  const before = rejections.count;
  const reject: CsvCheckOptions['reject'] = (line, problem) => rejections.add({ path, line }, problem);
  const first = await lookAt(path, limits, { reject, copy: zipped ? staging.copy : undefined });
  const { check } = first;
  const staged = { path, digest: first.digest.value(), bytes: first.digest.bytes, check };
  const broken = !zipped && rejections.count > before;
  if (!broken && !isMixed(check, zipped)) {
    const crlf = check instanceof CsvCheck && check.ends.crlf > 0;
    return { ...staged, lineEnd: crlf ? 'crlf' : 'lf', copy: zipped ? staging.copy : undefined };
  }
  const copy = `${staging.copy}-plain`;
  const second = await lookAt(path, limits, { reject: () => undefined, copy, plainEnds: true });
  if (second.digest.value() === staged.digest) return { ...staged, lineEnd: 'lf', copy };
  const what = 'the file changed while it was read';
  throw tableError({ path }, { what, todo: 'Try again when it is written' });
}

/** The line on which the good record `n` of a CSV file, from 1, begins. */
export async function lineOfRecord(path: string, limits: TableLimits, n: number): Promise<number> {
  const { check } = await lookAt(path, limits, { reject: () => undefined, until: n, copy: undefined });
  return check instanceof CsvCheck ? check.lastLine : n;
}

interface Look extends Pick<CsvCheckOptions, 'reject' | 'plainEnds' | 'until'> {
  copy: string | undefined;
}

async function lookAt(
  path: string,
  limits: TableLimits,
  look: Look,
): Promise<{ check: CsvCheck | JsonlCheck; digest: FileDigest }> {
  const digest = new FileDigest();
  const copy = look.copy === undefined ? undefined : new LineCopy(look.copy);
  const chosen: (CsvCheck | JsonlCheck)[] = [];
  try {
    await readRecords({
      path,
      chunks: openTable(path, limits, digest),
      recordBytes: limits.recordBytes,
      reader: (start) => {
        const options = { ...look, path, limits, copy };
        const jsonl = tableFormat(path, start) === 'jsonl';
        const check = jsonl ? new JsonlCheck(options) : new CsvCheck(options);
        chosen.push(check);
        return check;
      },
    });
  } finally {
    copy?.close();
  }
  return { check: chosen[0] as CsvCheck | JsonlCheck, digest };
}

/** Whether DuckDB could take line ends for what they are not; a copy of JSONL has no carriage returns any more. */
function isMixed(check: CsvCheck | JsonlCheck, copied: boolean): boolean {
  if (check instanceof CsvCheck) return check.ends.crlf > 0 && (check.ends.lf > 0 || check.headerLines > 1);
  return check.carriageReturns && !copied;
}
