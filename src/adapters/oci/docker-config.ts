import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';
import { seenName } from '../../core/seen.ts';

const MOST_BYTES = 2 ** 20;
const text = z.string().optional();
const schema = z.object({
  auths: z
    .record(z.string(), z.object({ auth: text, username: text, password: text, identitytoken: text }))
    .default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: text,
});

/** The parts of Docker's `config.json` that tell credentials. */
export type DockerConfig = z.infer<typeof schema>;

/** Where Docker's own configuration lies: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`. */
export function dockerConfigPath(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const folder = env['DOCKER_CONFIG'];
  return join(folder === undefined || folder === '' ? join(home, '.docker') : folder, 'config.json');
}

/** Reads it; `undefined` when there is none. No message quotes it, as it holds passwords. */
export async function loadDockerConfig(path: string): Promise<DockerConfig | undefined> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return undefined;
    throw unreadable(path, 'cannot be opened');
  });
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    if (size > MOST_BYTES) throw unreadable(path, `has ${size} bytes`);
    return parse(await handle.readFile('utf8'), path);
  } finally {
    await handle.close();
  }
}

function parse(content: string, path: string): DockerConfig {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw unreadable(path, 'is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw unreadable(path, 'does not have the form of a Docker configuration');
}

function unreadable(path: string, why: string): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `Docker's configuration ${seenName(path)} ${why}, so no credentials can be read from it. Correct it, or log in again (docker login).`,
  );
}
