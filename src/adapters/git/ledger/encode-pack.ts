import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { GitObject, ObjectFormat } from './git-object.ts';

const TYPE = { commit: 1, tree: 2, blob: 3 } as const;

/** A pack (gitformat-pack, version 2) of whole objects, without deltas: what `git unpack-objects` reads. */
export function encodePack(format: ObjectFormat, objects: readonly GitObject[]): Uint8Array {
  const head = Buffer.alloc(12);
  head.write('PACK', 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(objects.length, 8);
  const body = Buffer.concat([
    head,
    ...objects.flatMap((object) => [entryHead(object), deflateSync(object.bytes)]),
  ]);
  return Buffer.concat([body, createHash(format).update(body).digest()]);
}

/** Kind and length: three bits of kind and four of length first, then seven a byte, lowest first. */
function entryHead({ kind, bytes }: GitObject): Uint8Array {
  const head = [(TYPE[kind] << 4) | (bytes.length & 15)];
  for (let left = Math.floor(bytes.length / 16); left > 0; left = Math.floor(left / 128)) {
    head[head.length - 1] = (head.at(-1) ?? 0) | 0x80;
    head.push(left & 0x7f);
  }
  return Uint8Array.from(head);
}
