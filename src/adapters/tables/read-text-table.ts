import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import { CsvReader } from './csv-reader.ts';
import type { FileDigest } from './file-digest.ts';
import { JsonlReader } from './jsonl-reader.ts';
import { openTable } from './open-table.ts';
import { readRecords } from './read-records.ts';
import { tableFormat } from './table-format.ts';
import type { TableReader, TableWish } from './table-reader.ts';

/** Reads what is wished for of a CSV or JSONL table, to its end or until the head is known. */
export async function readTextTable(wish: TableWish, digest?: FileDigest): Promise<TableReader> {
  const chosen: TableReader[] = [];
  await readRecords({
    path: wish.path,
    chunks: openTable(wish.path, wish.limits, digest),
    recordBytes: wish.limits.recordBytes,
    reader: (start) => {
      const reader = tableFormat(wish.path, start) === 'jsonl' ? new JsonlReader(wish) : new CsvReader(wish);
      chosen.push(reader);
      return reader;
    },
  });
  const [reader] = chosen;
  if (reader === undefined) throw new KnownGoodError('internal', `${seen(wish.path)}: nothing was read.`);
  return reader;
}
