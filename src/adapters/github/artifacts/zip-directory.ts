import { KnownGoodError } from '../../../core/errors.ts';

/** What the central directory of a zip says of one entry. Sizes and offsets are bytes; nothing of it is proved yet. */
export interface ZipEntry {
  /** As bytes: how they are meant to be read is the entry's own claim. */
  name: Buffer;
  /** General purpose flags, compression method (0 stored, 8 deflate), CRC-32 of the content. */
  flags: number;
  method: number;
  crc: number;
  compressedSize: number;
  size: number;
  /** Unix mode in the upper half, MS-DOS attributes in the lowest byte. */
  attributes: number;
  /** Where its local header begins. */
  offset: number;
}

const END = { signature: 0x06054b50, size: 22 };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const MOST_ENTRIES = 10_000;

/**
 * The entries of a zip by its central directory, and where that directory begins. Refused, with an `input` error: whatever two readers
 * could understand differently (bytes before, behind or between, several volumes, counts that do not fit, zip64, a comment at the end),
 * and more than 10,000 entries. Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16.
 */
export function zipDirectory(bytes: Buffer): { entries: ZipEntry[]; start: number } {
  const end = bytes.length - END.size;
  if (end < 0 || bytes.readUInt32LE(end) !== END.signature) {
    refuse('it is no zip, or was cut: its last bytes are not the end of a zip without a comment');
  }
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || start === 0xffffffff) refuse('it is a zip64, for more entries than are read here');
  if (count > MOST_ENTRIES) refuse(`it holds ${count} entries, and at most ${MOST_ENTRIES} are read`);
  const volumes = [bytes.readUInt16LE(end + 4), bytes.readUInt16LE(end + 6)];
  const whole = volumes.every((volume) => volume === 0) && bytes.readUInt16LE(end + 8) === count;
  if (!whole) refuse('it is one volume of several');
  if (start + bytes.readUInt32LE(end + 12) !== end) refuse('its directory is not where its end says');
  return { entries: readEntries(bytes.subarray(start, end), count), start };
}

function readEntries(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    const head = directory.subarray(at, at + CENTRAL.size);
    if (head.length < CENTRAL.size || head.readUInt32LE(0) !== CENTRAL.signature) {
      refuse(`its directory ends after ${entries.length} of ${count} entries`);
    }
    const nameEnd = at + CENTRAL.size + head.readUInt16LE(28);
    const next = nameEnd + head.readUInt16LE(30) + head.readUInt16LE(32);
    if (next > directory.length) refuse(`its directory ends within entry ${entries.length + 1} of ${count}`);
    entries.push(entryOf(head, directory.subarray(at + CENTRAL.size, nameEnd)));
    at = next;
  }
  if (at !== directory.length) refuse(`its directory holds more than the ${count} entries that it counts`);
  return entries;
}

function entryOf(head: Buffer, name: Buffer): ZipEntry {
  return {
    name,
    flags: head.readUInt16LE(8),
    method: head.readUInt16LE(10),
    crc: head.readUInt32LE(16),
    compressedSize: head.readUInt32LE(20),
    size: head.readUInt32LE(24),
    attributes: head.readUInt32LE(38),
    offset: head.readUInt32LE(42),
  };
}

/** Throws the `input` error for a zip that is not read; `why` completes "because". */
export function refuse(why: string): never {
  throw new KnownGoodError(
    'input',
    `The zip was not read: ${why}. Upload the artifact again with actions/upload-artifact.`,
  );
}
