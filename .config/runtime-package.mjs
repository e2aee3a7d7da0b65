// The small locked packages that the actions install for the native part, out of the root's lockfile: ONNX Runtime for the gate, DuckDB
// for the shadow report, each with what it needs.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes package.json and package-lock.json of a runtime, the package `own` with `name` alone as its dependency, into `folder`. */
export async function writeRuntimePackage(root, folder, { own, name }) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const dependencies = { [name]: lock.packages[`node_modules/${name}`].version };
  const manifest = {
    name: own,
    version: '1.0.0',
    private: true,
    license: 'MIT',
    dependencies,
  };
  const packages = { '': manifest, ...closure(lock.packages, name) };
  await mkdir(folder, { recursive: true });
  const write = (file, value) => writeFile(join(folder, file), `${JSON.stringify(value, undefined, 2)}\n`);
  await write('package.json', manifest);
  await write('package-lock.json', {
    name: manifest.name,
    version: manifest.version,
    lockfileVersion: 3,
    requires: true,
    packages,
  });
}

/** The package and everything that it depends on, as the root's lockfile has them. */
function closure(packages, first) {
  const found = new Map();
  const queue = [{ name: first, from: '' }];
  for (const { name, from } of queue) {
    const key = resolve(packages, name, from);
    if (key === undefined || found.has(key)) continue;
    found.set(key, packages[key]);
    for (const next of Object.keys({ ...packages[key].dependencies, ...packages[key].optionalDependencies }))
      queue.push({ name: next, from: key });
  }
  return Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where Node would find a package: in the nearest node_modules upwards. */
function resolve(packages, name, from) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const key = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    if (packages[key] !== undefined) return key;
    if (base === '') return undefined;
  }
}
