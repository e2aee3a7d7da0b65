import { open } from 'node:fs/promises';
import type { Digest } from '../../core/digest.ts';
import { FileDigest } from '../tables/file-digest.ts';
import { unreadableTable } from '../tables/open-table.ts';
import { tableError } from '../tables/table-error.ts';

const MAGIC = 'PAR1';
const ENCRYPTED = 'PARE';

/** Magic, an empty footer, its length and magic again. */
const SMALLEST = 12;

/** Digest and size of a Parquet file that begins and ends like one. */
export async function stageParquet(path: string): Promise<{ digest: Digest; bytes: number }> {
  await checkParquetEnds(path);
  const digest = new FileDigest();
  try {
    const handle = await open(path);
    try {
      for await (const chunk of digest.readOn(handle)) void chunk;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadableTable(path, error);
  }
  return { digest: digest.value(), bytes: digest.bytes };
}

/** Throws the `input` error of a file that is not Parquet, encrypted, or cut short. */
export async function checkParquetEnds(path: string): Promise<void> {
  const { first, last, bytes } = await endsOf(path);
  if (first === ENCRYPTED || last === ENCRYPTED)
    throw tableError(
      { path },
      { what: 'this Parquet file is encrypted', todo: 'Write it without encryption' },
    );
  if (first !== MAGIC) {
    const what = 'the name ends in .parquet, but the file is not Parquet';
    throw tableError({ path }, { what, todo: 'Correct its name' });
  }
  if (last === MAGIC && bytes >= SMALLEST) return;
  const what = `this Parquet file has no end: it was cut short, at ${bytes} bytes, or is still being written`;
  throw tableError({ path }, { what, todo: 'Copy it again, or wait until it is written' });
}

async function endsOf(path: string): Promise<{ first: string; last: string; bytes: number }> {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      const at = async (place: number): Promise<string> => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, place));
        return buffer.toString('latin1', 0, bytesRead);
      };
      return { first: await at(0), last: await at(size - 4), bytes: size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadableTable(path, error);
  }
}
