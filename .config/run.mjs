// Bundles one TypeScript file and runs it: node .config/run.mjs FILE.ts [ARGUMENT…]
import { fileURLToPath, pathToFileURL } from 'node:url';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const [input, ...args] = process.argv.slice(2);
const file = join(root, 'node_modules/.cache/known-good', `${basename(input, '.ts')}.mjs`);
const build = await rolldown({ input, platform: 'node', external: ['onnxruntime-node'], logLevel: 'warn' });
await build.write({ file, format: 'esm', codeSplitting: false });
await build.close();
process.argv = [process.argv[0], file, ...args];
await import(pathToFileURL(file).href);
