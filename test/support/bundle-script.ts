import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/** A script of test/support as one JavaScript file, for a process of its own. */
export interface BundledScript {
  path: string;
  remove(): Promise<void>;
}

/** Bundles `test/support/NAME`, which imports nothing but our own sources, Node and pure packages. */
export async function bundleScript(name: string): Promise<BundledScript> {
  const folder = await mkdtemp(join(tmpdir(), 'known-good-script-'));
  const path = join(folder, `${basename(name, '.ts')}.mjs`);
  await build({
    input: fileURLToPath(new URL(name, import.meta.url)),
    platform: 'node',
    logLevel: 'silent',
    output: { file: path, format: 'esm' },
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
