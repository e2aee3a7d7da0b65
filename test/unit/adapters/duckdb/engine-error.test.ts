import { describe, expect, it } from 'vitest';
import { engineError } from '../../../../src/adapters/duckdb/engine-error.ts';
import { noTemporaryRoom } from '../../../../src/adapters/duckdb/no-temporary-room.ts';

const context = { memoryBytes: 2 ** 29, paths: new Map([['/tmp/x/f1.parquet', 'logs/a.parquet']]) };

describe('an error of DuckDB', () => {
  it.each<[string, string | undefined, string]>([
    [
      'Out of Memory Error: could not allocate block of size 256.0 KiB (29.9 MiB/30 MiB used)',
      'logs/a.csv',
      'unavailable: DuckDB needed more than the 512MiB of memory that it may use. Allow it more memory, or read fewer rows or columns.',
    ],
    [
      'IO Error: Could not write file "/tmp/x/spill/1.tmp": No space left on device',
      undefined,
      'unavailable: There is no more room in the temporary folder, where logs are unpacked and kept while they are asked. Free some disk space, or set TMPDIR to a folder on a larger disk.',
    ],
    [
      'Invalid Input Error: Failed to read file "/tmp/x/f1.parquet": Snappy decompression failure',
      'logs/b.csv',
      'input: logs/a.parquet: the data are damaged, or written in a way that DuckDB does not read. Its words: "Invalid Input Error: Failed to read file \\"logs/a.parquet\\": Snappy decompression failure". Write the file again.',
    ],
    [
      "Invalid Error: don't know what type: \nmore\nlines",
      'logs/b.csv',
      `input: logs/b.csv: the data are damaged, or written in a way that DuckDB does not read. Its words: "Invalid Error: don't know what type:". Write the file again.`,
    ],
    [
      'Binder Error: no such column',
      undefined,
      'internal: DuckDB did not run a query: "Binder Error: no such column".',
    ],
  ])('%s', (text, path, message) => {
    const error = engineError(new Error(text), context, path);
    expect(`${error.code}: ${error.message}`).toBe(message);
  });

  it('of our own stays as it is', () => {
    const own = noTemporaryRoom({ code: 'ENOSPC' });
    expect(engineError(own, context, 'logs/a.csv')).toBe(own);
  });
});

describe('a temporary folder', () => {
  it('that is full, and one that may not be written, are told apart', () => {
    expect(noTemporaryRoom({ code: 'EDQUOT' }).message).toContain(
      'There is no more room in the temporary folder',
    );
    expect(noTemporaryRoom({ code: 'EROFS' }).message).toBe(
      'The temporary folder cannot be written (EROFS). Set TMPDIR to a folder that may be written.',
    );
  });
});
