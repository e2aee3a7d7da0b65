import { crc32, inflateRawSync } from 'node:zlib';
import { seen } from '../../../core/seen.ts';
import { refuse, zipDirectory, type ZipEntry } from './zip-directory.ts';

const LOCAL = { signature: 0x04034b50, size: 30 };
const STORED = 0;
const DEFLATE = 8;
/** How well it was compressed, sizes behind the data, a name in UTF-8; everything else changes how the data must be read. */
const HARMLESS_FLAGS = 0x0006 | 0x0008 | 0x0800;
const SIZES_BEHIND = 0x0008;
const FILE_TYPE = 0xf000;
const REGULAR_FILE = 0x8000;
const DOS_FOLDER = 0x10;
const MOST_NAMES = 5;

/** What is wanted of a zip: the one regular file of exactly this name, of at most so many bytes. */
export interface WantedEntry {
  name: string;
  maxBytes: number;
}

/**
 * Reads one file out of a zip that anybody may have made, in memory: no other entry is looked into, and never more than `maxBytes` are
 * inflated, whatever the zip claims. An `input` error says why for everything but one regular, stored or deflated file of that name
 * whose size and CRC-32 are what the directory says: two of the name, a link, encryption, a bomb, bytes that do not belong to it.
 */
export function readZipEntry(bytes: Uint8Array, wanted: WantedEntry): Buffer {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { entries, start } = zipDirectory(zip);
  const entry = theOne(entries, wanted.name);
  checkEntry(entry, wanted);
  const content = unpack(dataOf(zip.subarray(0, start), entry), entry, wanted);
  if (crc32(content) !== entry.crc) refuse(`${seen(wanted.name)} is damaged (its CRC-32 differs)`);
  return content;
}

function theOne(entries: readonly ZipEntry[], name: string): ZipEntry {
  const bytes = Buffer.from(name);
  const [found, second] = entries.filter((entry) => entry.name.equals(bytes));
  if (second !== undefined) refuse(`it holds ${seen(name)} more than once`);
  if (found !== undefined) return found;
  const names = entries.slice(0, MOST_NAMES).map((entry) => seen(entry.name.toString(), 60));
  const more = entries.length > MOST_NAMES ? `, and ${entries.length - MOST_NAMES} more` : '';
  return refuse(
    `it holds no ${seen(name)}; it holds ${names.length === 0 ? 'nothing' : names.join(', ') + more}`,
  );
}

function checkEntry(
  { flags, method, attributes, size, compressedSize }: ZipEntry,
  wanted: WantedEntry,
): void {
  const what = seen(wanted.name);
  const type = (attributes >>> 16) & FILE_TYPE;
  if (type === 0 ? (attributes & DOS_FOLDER) !== 0 : type !== REGULAR_FILE) {
    refuse(`${what} is a link, a folder or something else than a regular file`);
  }
  if ((flags & ~HARMLESS_FLAGS) !== 0) refuse(`${what} is encrypted, or packed in an unusual way`);
  if (method !== STORED && method !== DEFLATE) {
    refuse(`${what} is neither stored nor deflated (compression method ${method})`);
  }
  if (size > wanted.maxBytes) {
    refuse(`${what} has ${size} bytes by its own account, and at most ${wanted.maxBytes} are read`);
  }
  if (method === STORED && size !== compressedSize) refuse(`${what} is stored, and has two different sizes`);
}

/** The packed bytes of an entry, by its local header, which must agree with the directory. `files`: the zip up to its directory. */
function dataOf(files: Buffer, entry: ZipEntry): Buffer {
  const head = files.subarray(entry.offset, entry.offset + LOCAL.size);
  if (head.length < LOCAL.size || head.readUInt32LE(0) !== LOCAL.signature) {
    refuse('its directory leads to a place where no file begins');
  }
  const nameEnd = entry.offset + LOCAL.size + head.readUInt16LE(26);
  const name = files.subarray(entry.offset + LOCAL.size, nameEnd);
  const sameSizes =
    (entry.flags & SIZES_BEHIND) !== 0 ||
    (head.readUInt32LE(18) === entry.compressedSize && head.readUInt32LE(22) === entry.size);
  const same =
    name.equals(entry.name) && head.readUInt16LE(6) === entry.flags && head.readUInt16LE(8) === entry.method;
  if (!same || !sameSizes) refuse('its directory says something else of a file than the file itself');
  const from = nameEnd + head.readUInt16LE(28);
  const data = files.subarray(from, from + entry.compressedSize);
  if (data.length < entry.compressedSize) refuse('a file in it ends before its end');
  return data;
}

function unpack(data: Buffer, entry: ZipEntry, { name }: WantedEntry): Buffer {
  const content = entry.method === STORED ? data : inflate(data, entry.size, name);
  if (content.length !== entry.size) {
    refuse(`${seen(name)} has ${content.length} bytes, and ${entry.size} by its own account`);
  }
  return content;
}

/** By Node's own zlib: it stops at a number of bytes, and tells how many it took. */
function inflate(data: Buffer, size: number, name: string): Buffer {
  try {
    const answer = inflateRawSync(data, { maxOutputLength: Math.max(1, size), info: true });
    const { buffer, engine } = answer as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (engine.bytesWritten === data.length) return buffer;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      refuse(`${seen(name)} is larger than the ${size} bytes that it claims`);
  }
  return refuse(`what is packed as ${seen(name)} cannot be unpacked`);
}
