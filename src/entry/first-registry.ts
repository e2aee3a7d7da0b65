import type { GivenCredential } from '../adapters/oci/find-credential.ts';
import type { Registries } from '../core/registry.ts';

/**
 * Registries of which the first host that is opened gets a name and password, and no other: for one command on one lane, which must not wait
 * for somebody to say which host is meant. Where commands name lanes, as in comments, the first host may be anybody's. `create` opens registries with credentials.
 */
export function firstRegistry(
  { username, password }: { username: string; password: string },
  create: (given: readonly GivenCredential[]) => Registries,
): Registries {
  let bound: Registries | undefined;
  const open: Registries['open'] = (image) => {
    if (image.kind === 'registry') bound ??= create([{ host: image.host, username, password }]);
    return (bound ?? create([])).open(image);
  };
  return { open };
}
