import { open, stat } from 'node:fs/promises';
import { KnownGoodError } from '../../core/errors.ts';
import type { ModelStructure, StructureLimits } from '../../core/model.ts';
import { inspectBytes, unreadable } from './inspect-bytes.ts';
import { quoteName } from './quote-name.ts';

/** Protobuf messages end at 2 GiB. */
const LARGEST = 2 ** 31 - 1;

/** A model file's bytes and what the bounded read saw of them; no bytes of a file over the size limit, which is not read. */
export interface InspectedFile {
  bytes: Uint8Array | undefined;
  structure: ModelStructure;
}

/** Reads a model file once under the limits. A missing file is an `input` error. */
export async function inspectFile(path: string, limits: StructureLimits): Promise<InspectedFile> {
  const size = await modelFileSize(path);
  const most = Math.min(limits.fileBytes, LARGEST);
  if (size > most) {
    const message = `The file has ${size} bytes; the limit is ${most}.`;
    return { bytes: undefined, structure: unreadable(size, { code: 'too-large', message }) };
  }
  const bytes = await readModelFile(path, most);
  return { bytes, structure: inspectBytes(bytes, limits) };
}

/** Size of a model file in bytes. Rejects with an `input` error when there is none, or it is not a regular file. */
async function modelFileSize(path: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new KnownGoodError('input', `There is no model file ${quoteName(path)}. Check the path.`, {
      cause,
    });
  });
  if (found.isFile()) return found.size;
  throw new KnownGoodError(
    'input',
    `${quoteName(path)} is not a regular file. Give the path of the .onnx file.`,
  );
}

/** The bytes of a model file, at most `maxBytes` of them even if the file grows meanwhile. */
async function readModelFile(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(Math.min((await file.stat()).size, maxBytes));
    let at = 0;
    for (let read = -1; read !== 0 && at < bytes.length; at += read) {
      read = (await file.read(bytes, at, bytes.length - at, at)).bytesRead;
    }
    return bytes.subarray(0, at);
  } finally {
    await file.close();
  }
}
