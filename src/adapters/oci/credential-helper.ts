import { spawn } from 'node:child_process';
import * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';

const LIMIT_MS = 20_000;
const MOST_OUTPUT = 2 ** 16;
const answer = z.object({ Username: z.string(), Secret: z.string() });

/** What a helper is asked. `env` is passed on to it. */
export interface HelperRequest {
  /** The part after `docker-credential-`. */
  name: string;
  /** The registry as Docker calls it. */
  server: string;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Asks `docker-credential-NAME get`; `undefined` when it has nothing for that registry. A helper that is missing, fails, or takes longer
 * than 20 s is an `unavailable` error; none quotes what it printed. Source: the credential helper protocol of docker login.
 */
export async function askCredentialHelper(
  request: HelperRequest,
): Promise<{ username: string; secret: string } | undefined> {
  if (!/^[\w.-]{1,100}$/.test(request.name)) throw broken(request, 'its name holds other characters');
  const { code, stdout } = await run(request);
  // The protocol's own sentence for "nothing stored" comes with a non-zero exit.
  if (code !== 0 && /credentials not found/i.test(stdout)) return undefined;
  if (code !== 0) throw broken(request, `it ended with ${code ?? 'a signal'}`);
  const parsed = answer.safeParse(tryParse(stdout));
  if (!parsed.success) throw broken(request, 'its answer is not the JSON of a credential helper');
  const { Username, Secret } = parsed.data;
  return Secret === '' ? undefined : { username: Username, secret: Secret };
}

function run(request: HelperRequest): Promise<{ code: number | null; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${request.name}`, ['get'], {
      env: request.env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let stdout = '';
    const stop = (error: KnownGoodError) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      child.stdout.destroy();
      reject(error);
    };
    const timer = setTimeout(() => stop(broken(request, `no answer within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (stdout.length > MOST_OUTPUT) stop(broken(request, 'it printed too much'));
    });
    child.on('error', () => stop(broken(request, 'it is not installed here, or cannot be started')));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout });
    });
    // A helper may end without reading its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.server);
  });
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function broken({ name, server }: HelperRequest, why: string): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The credential helper docker-credential-${seen(name).slice(1, -1)} gave no credentials for ${seen(server, 200)}: ${why}. ` +
      "Repair it, or remove it from Docker's configuration and log in again (docker login).",
  );
}
