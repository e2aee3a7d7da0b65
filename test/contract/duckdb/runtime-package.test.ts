import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'known-good-runtime-'));

beforeAll(async () => {
  const { writeRuntimePackage } = await import(pathToFileURL(join(root, '.config/runtime-package.mjs')).href);
  await writeRuntimePackage(root, folder, { own: 'known-good-runtime-shadow', name: '@duckdb/node-api' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(path: string): { packages: Record<string, Entry>; dependencies: Record<string, string> } {
  return JSON.parse(readFileSync(path, 'utf8'));
}

interface Entry {
  version?: string;
  integrity?: string;
  resolved?: string;
}

describe('the runtime of the shadow report', () => {
  it('is DuckDB alone, in the version of package.json', () => {
    const { dependencies } = read(join(root, 'package.json'));
    const { packages } = read(join(folder, 'package-lock.json'));
    expect(packages['node_modules/@duckdb/node-api']?.version).toBe(dependencies['@duckdb/node-api']);
    expect(Object.keys(packages).filter((name) => !/^$|duckdb|detect-libc/.test(name))).toEqual([]);
  });

  it('locks a binary for every platform, each by its digest and none by a host', () => {
    const { packages } = read(join(folder, 'package-lock.json'));
    const bindings = Object.keys(packages).flatMap(
      (name) => name.split('node_modules/@duckdb/node-bindings-')[1] ?? [],
    );
    expect(bindings).toEqual([
      'darwin-arm64',
      'darwin-x64',
      'linux-arm64',
      'linux-arm64-musl',
      'linux-x64',
      'linux-x64-musl',
      'win32-arm64',
      'win32-x64',
    ]);
    const entries = Object.entries(packages).filter(([name]) => name !== '');
    expect(entries.filter(([, entry]) => entry.integrity === undefined)).toEqual([]);
    expect(entries.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  });
});
