import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The bundled child script, and how to remove it again. */
export interface BundledChild {
  childScript: string;
  remove(): Promise<void>;
}

/** Bundles the child's entry into a folder of its own from where `onnxruntime-node` resolves. */
export async function bundleChild(): Promise<BundledChild> {
  const parent = join(ROOT, 'node_modules/.cache/known-good');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'child-'));
  const childScript = join(folder, 'model-child.mjs');
  await build({
    input: join(ROOT, 'src/entry/model-child.ts'),
    platform: 'node',
    external: ['onnxruntime-node'],
    logLevel: 'silent',
    output: { file: childScript, format: 'esm' },
  });
  return { childScript, remove: () => rm(folder, { recursive: true, force: true }) };
}
