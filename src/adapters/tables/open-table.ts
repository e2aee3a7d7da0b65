import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { formatByteSize } from '../../core/byte-size.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { FileDigest } from './file-digest.ts';
import { tableError } from './table-error.ts';
import type { TableLimits } from './table-limits.ts';

const CHUNK = 2 ** 20;

/** Opening a named pipe must not wait for its writer (Windows has neither). */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'the file may not be read',
  EPERM: 'the file may not be read',
  EISDIR: 'this is a folder',
};

/** Formats that are recognised and not read, by their first bytes. */
const REFUSED = [
  { magic: 'PK\x03\x04', what: 'this is a zip or Excel file', todo: 'Save the table as CSV (UTF-8)' },
  { magic: '\xff\xfe', what: 'this is UTF-16 text', todo: 'Save the table as UTF-8' },
  { magic: '\xfe\xff', what: 'this is UTF-16 text', todo: 'Save the table as UTF-8' },
];

/**
 * The bytes of a CSV or JSONL table, decompressed where the file is gzip, in chunks of up to 1 MiB. Refuses what is not a regular
 * file, is empty, or has a format that is not read. Bounded by `limits.bytes` and `limits.ratio`. Whoever reads to the end has all
 * bytes of the file in `digest`.
 */
export async function* openTable(
  path: string,
  limits: TableLimits,
  digest = new FileDigest(),
): AsyncGenerator<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ);
    const start = await checkedStart(path, handle);
    const raw = digest.readOn(handle);
    const zipped = start[0] === 0x1f && start[1] === 0x8b;
    yield* limited(path, zipped ? gunzipped({ path, raw, digest }, limits) : raw, limits);
    // A decompressor does not look behind its end mark.
    for await (const chunk of digest.readOn(handle)) void chunk;
  } catch (error) {
    throw unreadableTable(path, error);
  } finally {
    await handle?.close();
  }
}

/** The first four bytes of a file that is read, or `PAR1`. The `input` errors are those of `openTable`. */
export async function peekTable(path: string): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ);
    return await checkedStart(path, handle);
  } catch (error) {
    throw unreadableTable(path, error);
  } finally {
    await handle?.close();
  }
}

/** The first four bytes of a file that we read. */
async function checkedStart(path: string, handle: FileHandle): Promise<Buffer> {
  const facts = await handle.stat();
  if (!facts.isFile()) {
    const what = facts.isDirectory() ? 'this is a folder' : 'this is not a regular file';
    throw tableError({ path }, { what, todo: 'Give the path of a CSV, JSONL or Parquet file' });
  }
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  const start = buffer.subarray(0, bytesRead);
  if (start.length === 0) {
    const todo = 'Give a table with a header and rows';
    throw tableError({ path }, { what: 'the file is empty', todo });
  }
  const refused = REFUSED.find(({ magic }) => start.toString('latin1').startsWith(magic));
  if (refused !== undefined) throw tableError({ path }, refused);
  if (/\.gz$/i.test(path) && (start[0] !== 0x1f || start[1] !== 0x8b)) {
    const todo = 'Compress it with gzip, or remove .gz from its name';
    throw tableError({ path }, { what: 'the name ends in .gz, but the file is not gzip', todo });
  }
  return start;
}

interface Zipped {
  path: string;
  raw: AsyncIterable<Buffer>;
  digest: FileDigest;
}

async function* gunzipped({ path, raw, digest }: Zipped, limits: TableLimits): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // The callback is needed, else an error would be thrown twice; the loop below receives it.
  const ended = new Promise<void>((end) =>
    pipeline(Readable.from(raw, { highWaterMark: 1 }), gunzip, () => end()),
  );
  let bytes = 0;
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limits.ratioFrom && bytes > limits.ratio * digest.bytes) {
      const what = `the file unpacks to more than ${limits.ratio} times its size`;
      throw tableError({ path }, { what, todo: 'Give the table uncompressed if it really is that uniform' });
    }
    yield chunk;
  }
  await ended;
}

async function* limited(
  path: string,
  chunks: AsyncIterable<Buffer>,
  limits: TableLimits,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limits.bytes) {
      const what = `the table has more than ${formatByteSize(limits.bytes)}`;
      throw tableError({ path }, { what, todo: 'Give a sample of its rows' });
    }
    yield chunk;
  }
}

/** The `input` error of a file that the machine does not read, or that is damaged gzip; an error of ours stays as it is. */
export function unreadableTable(path: string, cause: unknown): Error {
  if (cause instanceof KnownGoodError) return cause;
  const code = String((cause as { code?: unknown } | undefined)?.code ?? '');
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    const todo = 'Compress the table again';
    return tableError({ path }, { what: `the gzip data is damaged or cut off (${code})`, todo }, cause);
  }
  const what = REASONS[code] ?? `the file cannot be read (${code || 'unknown reason'})`;
  return tableError({ path }, { what, todo: 'Give the path of a CSV, JSONL or Parquet file' }, cause);
}
