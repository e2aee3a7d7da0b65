import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip, with every lie that a test wants to tell. What is not said is honest. */
export interface RawFile {
  name: string;
  content?: Uint8Array;
  method?: number;
  flags?: number;
  /** Unix mode with its file type. */
  mode?: number;
  crc?: number;
  /** Sizes as the directory claims them. */
  size?: number;
  compressedSize?: number;
  /** What the local header says instead of the directory's. */
  local?: { name?: string; size?: number; flags?: number };
  offset?: number;
  /** Packed bytes as they are, instead of the content's. */
  packed?: Uint8Array;
}

/** Writes a zip byte by byte. `end` overrides the fields of its last record, `comment` follows it. */
export function rawZip(
  files: readonly RawFile[],
  end: {
    count?: number;
    start?: number;
    volume?: number;
    gap?: number;
    comment?: string;
    prefix?: string;
  } = {},
): Buffer {
  const parts: Buffer[] = [Buffer.from(end.prefix ?? '')];
  const directory: Buffer[] = [];
  let at = parts[0]?.length ?? 0;
  for (const file of files) {
    const { head, packed, entry } = record(file, at);
    parts.push(head, packed);
    directory.push(entry);
    at += head.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(end.volume ?? 0, 4);
  last.writeUInt16LE((end.count ?? files.length) & 0xffff, 8);
  last.writeUInt16LE((end.count ?? files.length) & 0xffff, 10);
  last.writeUInt32LE(central.length, 12);
  last.writeUInt32LE(end.start ?? at, 16);
  last.writeUInt16LE(end.comment?.length ?? 0, 20);
  return Buffer.concat([...parts, central, Buffer.alloc(end.gap ?? 0), last, Buffer.from(end.comment ?? '')]);
}

function record(file: RawFile, at: number) {
  const content = file.content ?? Buffer.from('{}');
  const method = file.method ?? 8;
  const packed = Buffer.from(file.packed ?? (method === 0 ? content : deflateRawSync(content)));
  const name = Buffer.from(file.name);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(0x0314, 4);
  entry.writeUInt16LE(file.flags ?? 0, 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(file.crc ?? crc32(content), 16);
  entry.writeUInt32LE(file.compressedSize ?? packed.length, 20);
  entry.writeUInt32LE(file.size ?? content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(((file.mode ?? 0o100644) << 16) >>> 0, 38);
  entry.writeUInt32LE(file.offset ?? at, 42);
  const localName = Buffer.from(file.local?.name ?? file.name);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  entry.copy(head, 6, 8, 28);
  head.writeUInt16LE(file.local?.flags ?? file.flags ?? 0, 6);
  head.writeUInt32LE(file.local?.size ?? file.size ?? content.length, 22);
  head.writeUInt16LE(localName.length, 26);
  return { head: Buffer.concat([head, localName]), packed, entry: Buffer.concat([entry, name]) };
}
