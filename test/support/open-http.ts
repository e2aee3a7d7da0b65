import type { Credential } from '../../src/adapters/oci/find-credential.ts';
import { HttpRegistry } from '../../src/adapters/oci/http-registry.ts';
import { createSend } from '../../src/adapters/oci/send-request.ts';

/** A registry client whose waits end at once; they are written down in `pauses`, in milliseconds. */
export interface OpenedHttp {
  registry: HttpRegistry;
  pauses: number[];
}

/** Opens `acme/bank` at a host with the credentials that would be found for it. */
export function openHttp(host: string, credential?: Credential, timeoutMs = 5000): OpenedHttp {
  const pauses: number[] = [];
  const timer = {
    now: () => new Date('2026-11-20T12:00:00Z'),
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
    },
  };
  const find = async () => ({ credential, lookedIn: ['the credentials given'] });
  const registry = new HttpRegistry({
    host,
    name: 'acme/bank',
    timer,
    send: createSend(),
    find,
    timeoutMs,
  });
  return { registry, pauses };
}

/** The message that a promise is rejected with. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
