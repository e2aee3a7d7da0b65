import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { resolveFiles } from '../../../../src/adapters/duckdb/resolve-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'known-good-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of [
  'b.csv',
  'a.csv',
  'c.txt',
  '.hidden.csv',
  'day/2.csv',
  'day/1.csv',
  'day/night/3.csv',
  '.secret/4.csv',
  '[odd].csv',
]) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), 'x');
}
mkdirSync(join(folder, 'folder.csv'));
symlinkSync(join(folder, 'a.csv'), join(folder, 'link.csv'));
symlinkSync(join(folder, 'day'), join(folder, 'week'));
symlinkSync(join(folder, 'nowhere'), join(folder, 'dead.csv'));

async function found(...patterns: string[]): Promise<string[]> {
  const files = await resolveFiles(patterns.map((pattern) => join(folder, pattern)));
  return files.map((file) => relative(folder, file));
}

describe('the files of a source', () => {
  it.each<[string, string[]]>([
    ['*.csv', ['[odd].csv', 'a.csv', 'b.csv', 'link.csv']],
    ['?.csv', ['a.csv', 'b.csv']],
    ['day/*.csv', ['day/1.csv', 'day/2.csv']],
    ['d*/[12].csv', ['day/1.csv', 'day/2.csv']],
    ['w*/*.csv', ['week/1.csv', 'week/2.csv']],
    ['day/**', ['day/1.csv', 'day/2.csv', 'day/night/3.csv']],
    ['**/3.csv', ['day/night/3.csv']],
    ['*/night/3.csv', ['day/night/3.csv', 'week/night/3.csv']],
    ['.s*/*.csv', ['.secret/4.csv']],
    ['[odd].csv', ['[odd].csv']],
  ])('%s', async (pattern, files) => {
    expect(await found(pattern)).toEqual(files);
  });

  it('keep the order in which they are given, each once', async () => {
    expect(await found('day/2.csv', 'day/*.csv', 'a.csv', 'day/../a.csv')).toEqual([
      'day/2.csv',
      'day/1.csv',
      'a.csv',
    ]);
  });

  it('are taken as they are without a pattern, there or not', async () => {
    expect(await found('none.csv', 'folder.csv')).toEqual(['none.csv', 'folder.csv']);
  });

  it('are relative where the pattern is', async () => {
    const here = relative(process.cwd(), folder);
    expect(await resolveFiles([`${here}/?.csv`])).toEqual([`${here}/a.csv`, `${here}/b.csv`]);
  });

  it.each(['x*.csv', 'none/*.csv', 'a.csv/*'])('a pattern that nothing fits: %s', async (pattern) => {
    await expect(found(pattern)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining(
        `${pattern}: no file fits this pattern. Correct it, or name the files.`,
      ),
    });
  });

  it('none at all', async () => {
    await expect(resolveFiles([])).rejects.toMatchObject({
      message: 'No file to read was given. Name at least one.',
    });
  });
});
