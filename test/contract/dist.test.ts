import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fresh = mkdtempSync(join(tmpdir(), 'known-good-dist-'));

beforeAll(() => void execFileSync(process.execPath, [join(root, '.config/build.mjs'), fresh], { cwd: root }));
afterAll(() => rmSync(fresh, { recursive: true, force: true }));

/** Every file of a folder but what npm installs into the runtime. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

describe('dist', () => {
  it('holds the files that a build makes, and no others', () => {
    expect(filesOf(join(root, 'dist'))).toEqual(filesOf(fresh));
  });

  it('is built from this src: run npm run build and commit', () => {
    const stale = filesOf(fresh).filter(
      (name) => !readFileSync(join(fresh, name)).equals(readFileSync(join(root, 'dist', name))),
    );
    expect(stale).toEqual([]);
  });

  it.each(['cli.js', 'gate.js', 'release.js', 'shadow.js', 'demo.js', 'setup.js', 'model-child.js'])(
    '%s is one file: it imports nothing but Node',
    (name) => {
      const text = readFileSync(join(fresh, name), 'utf8');
      const imports = [
        ...text.matchAll(/(?:^|[;\n}])\s*import\s*(?:[\w*{}\s,$]+from\s*)?["']([^"']+)["']/g),
      ].map((match) => match[1] ?? '');
      expect(imports.filter((specifier) => !isBuiltin(specifier))).toEqual([]);
    },
  );

  it('locks the native runtime that package.json names', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const lock = JSON.parse(readFileSync(join(fresh, 'runtime/package-lock.json'), 'utf8'));
    expect(lock.packages['node_modules/onnxruntime-node'].version).toBe(dependencies['onnxruntime-node']);
    expect(
      Object.entries(lock.packages).filter(
        ([name, entry]) => name !== '' && !(entry as { integrity?: string }).integrity,
      ),
    ).toEqual([]);
  });
});
