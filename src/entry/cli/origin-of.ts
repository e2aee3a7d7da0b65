import { dirname } from 'node:path';
import { gitRepository } from '../../adapters/git/git-repository.ts';
import { configOrigin } from '../../app/release/config-origin.ts';
import type { ConfigOrigin } from '../../core/config-origin.ts';
import type { ReleaseContext } from './release-context.ts';

/** Where the config of a command is from, by the repository around it; `undefined` where none was read. */
export async function originOf({
  host,
  loaded,
}: Pick<ReleaseContext, 'host' | 'loaded'>): Promise<ConfigOrigin | undefined> {
  if (loaded === undefined) return undefined;
  return configOrigin(gitRepository(host.cwd(), undefined, dirname(loaded.path)), loaded);
}
