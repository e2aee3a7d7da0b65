import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { Digest } from '../../core/digest.ts';
import { digestOf } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { BlobSource } from '../../core/registry.ts';
import { seen, seenName } from '../../core/seen.ts';
import type { HttpAnswer, RequestBody } from './http-exchange.ts';
import type { RegistryClient } from './registry-client.ts';
import { mayLeadTo } from './registry-origin.ts';

const IDLE_MS = 60_000;
/** The slowest line that an upload may have: 64 KiB a second. */
const SLOWEST_BYTES_PER_MS = 64;
const LEAST_TIMEOUT_MS = 5 * 60_000;

/** A blob to store. `size` in bytes. */
export interface Blob {
  digest: Digest;
  size: number;
  source: BlobSource;
}

/**
 * Uploads a blob in one piece: POST, then PUT with all bytes, streamed from the disk. Bytes that are not `digest` are an `input`
 * error whatever the registry says. Source: OCI distribution 1.1, "POST then PUT".
 */
export async function uploadBlob(client: RegistryClient, blob: Blob): Promise<void> {
  const doing = `store the blob ${blob.digest}`;
  const started = await client.send({
    method: 'POST',
    at: 'blobs/uploads/',
    actions: 'pull,push',
    doing,
    expect: [202],
  });
  const at = uploadUrl(started, blob.digest);
  const { body, stored } = bodyOf(blob);
  await client
    .send({
      method: 'PUT',
      at,
      actions: 'pull,push',
      doing,
      expect: [201, 204],
      headers: { 'content-type': 'application/octet-stream' },
      body,
      timeoutMs: Math.max(LEAST_TIMEOUT_MS, blob.size / SLOWEST_BYTES_PER_MS),
      idleMs: IDLE_MS,
    })
    .finally(() => checkStored(blob, stored()));
}

function uploadUrl(answer: HttpAnswer, digest: Digest): URL {
  const { location } = answer.headers;
  const url =
    location !== undefined && URL.canParse(location, answer.url.href)
      ? new URL(location, answer.url)
      : undefined;
  if (url === undefined || !mayLeadTo(answer.url, url))
    throw new KnownGoodError(
      'unavailable',
      `The registry ${answer.url.host} named no safe place to upload to: saw ${seen(location?.replace(/[?#][^]*/, ''), 200)}. ` +
        'If it is behind a proxy, the proxy must pass on scheme and host.',
    );
  url.searchParams.set('digest', digest);
  return url;
}

function bodyOf({ source, size, digest }: Blob): { body: RequestBody; stored(): Digest | undefined } {
  if ('bytes' in source) return { body: source, stored: () => digestOf(source.bytes) };
  let found: Digest | undefined;
  const write = async (to: Writable) => {
    found = await streamFile(source.path, size, to);
    if (found !== digest) throw changed(digest, found);
  };
  return { body: { size, write }, stored: () => found };
}

async function streamFile(path: string, size: number, to: Writable): Promise<Digest> {
  const sha256 = createHash('sha256');
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new KnownGoodError('input', `${seenName(path)} cannot be read.`, { cause });
  });
  try {
    if ((await file.stat()).size !== size)
      throw new KnownGoodError('input', `${seenName(path)} no longer has ${size} bytes. Run it again.`);
    const end = { start: 0, end: Math.max(0, size - 1), autoClose: false };
    for await (const chunk of file.createReadStream(end)) {
      sha256.update(chunk as Buffer);
      if (!to.write(chunk)) await drained(to);
    }
  } finally {
    await file.close();
  }
  return `sha256:${sha256.digest('hex')}` as Digest;
}

/** Resolves as well when the stream breaks: its own error is what is reported. */
function drained(to: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'error']) to.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) to.on(event, done);
  });
}

function checkStored({ digest }: Blob, stored: Digest | undefined): void {
  if (stored !== undefined && stored !== digest) throw changed(digest, stored);
}

function changed(digest: Digest, found: Digest): KnownGoodError {
  return new KnownGoodError(
    'input',
    `The bytes to store are ${found}, not ${digest}: the file changed meanwhile. Run it again.`,
  );
}
