// Bundles every entry point into dist/, one file each, and writes the schemas, the licences and the runtime packages.
// usage: node .config/build.mjs [FOLDER]
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { writeLicences } from './licences.mjs';
import { writeRuntimePackage } from './runtime-package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? join(root, 'dist');
/** Built beside, and put in place when all of it is there: a source that is half written leaves the bundles from before. */
const out = join(root, 'node_modules/.cache/known-good', `dist-${process.pid}`);
const entries = ['bot', 'cli', 'demo', 'gate', 'model-child', 'release', 'report', 'setup', 'shadow'];
const bundled = new Set();

await mkdir(out, { recursive: true });
for (const entry of entries) await bundle(join(root, 'src/entry', `${entry}.ts`), join(out, `${entry}.js`));
await writeSchemas();
await import('./action-readmes.mjs');
await writeLicences(bundled, join(out, 'licences.txt'));
await writeRuntimePackage(root, join(out, 'runtime'), {
  own: 'known-good-runtime',
  name: 'onnxruntime-node',
});
await writeRuntimePackage(root, join(out, 'runtime-shadow'), {
  own: 'known-good-runtime-shadow',
  name: '@duckdb/node-api',
});
await rm(target, { recursive: true, force: true });
await cp(out, target, { recursive: true });
await rm(out, { recursive: true });

/** One file a bundle; nothing but Node and the native runtimes stays outside. */
async function bundle(input, file) {
  const build = await rolldown({
    input,
    platform: 'node',
    external: ['onnxruntime-node', '@duckdb/node-api'],
    // Their modules only define things; without this, the web client behind one function that nobody calls comes along.
    treeshake: {
      moduleSideEffects: (id) => !/node_modules\/(?:@actions|@octokit|tunnel|undici|zod)\//.test(id),
    },
    cwd: root,
    logLevel: 'warn',
  });
  const { output } = await build.write({ file, format: 'esm', minify: true, codeSplitting: false });
  await build.close();
  for (const chunk of output) for (const id of chunk.moduleIds ?? []) bundled.add(id);
}

async function writeSchemas() {
  const file = join(root, 'node_modules/.cache/known-good/json-schemas.mjs');
  await bundle(join(root, 'src/config/json-schemas.ts'), file);
  const schemas = await import(pathToFileURL(file).href);
  await mkdir(join(out, 'schema'), { recursive: true });
  const write = (name, schema) =>
    writeFile(join(out, 'schema', name), `${JSON.stringify(schema, undefined, 2)}\n`);
  await write('known-good.schema.json', schemas.configJsonSchema());
  await write('manifest.schema.json', schemas.manifestJsonSchema());
  await write('verdict.schema.json', schemas.verdictJsonSchema());
}
