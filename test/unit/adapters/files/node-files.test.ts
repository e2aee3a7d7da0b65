import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeFiles } from '../../../../src/adapters/files/node-files.ts';
import { artifactDigest, digestOf } from '../../../../src/core/digest.ts';

/** A new folder with these files. */
function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'known-good-files-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

describe('an artifact', () => {
  it('has the digest of what sha256sum prints for its sorted files, hashed again', async () => {
    const root = folder({
      'model.onnx': 'm',
      'b/z.txt': '',
      'b-a': 'x',
      B: 'y',
      'ü.txt': 'grün',
      '.hidden': 'h',
    });
    const { kind, files } = await nodeFiles.listArtifact(root);
    const script = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum";
    const printed = execFileSync('sh', ['-c', script], { cwd: root, encoding: 'utf8' });
    expect(kind).toBe('folder');
    expect(artifactDigest(files)).toBe(`sha256:${printed.slice(0, 64)}`);
  });

  it('may be one file, whose digest is its own', async () => {
    const root = folder({ 'm.onnx': 'bytes' });
    expect(await nodeFiles.listArtifact(join(root, 'm.onnx'))).toEqual({
      kind: 'file',
      files: [{ path: 'm.onnx', size: 5, digest: digestOf('bytes') }],
    });
  });

  it.each<[string, (root: string) => string, RegExp]>([
    [
      'a link among its files',
      (root) => (symlinkSync('/etc/hostname', join(root, 'l')), root),
      /"l" in .* is a link/,
    ],
    [
      'a link to a folder inside',
      (root) => (symlinkSync('/etc', join(root, 'l')), root),
      /"l" in .* is a link/,
    ],
    [
      'a link itself',
      (root) => (symlinkSync(root, join(root, 'self')), join(root, 'self')),
      /links are refused/,
    ],
    [
      'a link with a slash behind it',
      (root) => (symlinkSync(root, join(root, 'self')), `${join(root, 'self')}/`),
      /links are refused/,
    ],
    [
      'a name with a line break',
      (root) => (writeFileSync(join(root, 'a\nb'), ''), root),
      /control character/,
    ],
    ['a name with a backslash', (root) => (writeFileSync(join(root, 'a\\b'), ''), root), /backslash/],
    ['a pipe', (root) => (execFileSync('mkfifo', [join(root, 'p')]), root), /special file/],
    ['no file at all', (root) => (mkdirSync(join(root, 'empty')), join(root, 'empty')), /is empty/],
    ['nothing there', (root) => join(root, 'nope'), /there is no such file/],
    [
      'folders too deep',
      (root) => (mkdirSync(join(root, ...Array.from({ length: 40 }, () => 'd')), { recursive: true }), root),
      /deeper than 32/,
    ],
  ])('with %s is refused', async (_, make, sentence) => {
    await expect(nodeFiles.listArtifact(make(folder({ f: 'x' })))).rejects.toThrow(sentence);
  });

  it('has no two listings alike that are different folders', () => {
    const one = [
      { path: 'a', size: 1, digest: digestOf('1') },
      { path: 'b', size: 1, digest: digestOf('2') },
    ];
    const forged = [{ path: `a\n${digestOf('2').slice(7)}  b`, size: 1, digest: digestOf('1') }];
    // The listing alone cannot tell these apart, which is why such names are refused above.
    expect(artifactDigest(forged)).toBe(artifactDigest(one));
  });
});

describe('reading text', () => {
  it.each<[string, string | Uint8Array, number, string | RegExp]>([
    ['as it is', 'grün\n', 100, 'grün\n'],
    ['at the limit', 'abc', 3, 'abc'],
    ['beyond the limit', 'abcd', 3, /has 4 bytes; at most 3/],
    ['that is not UTF-8', Uint8Array.of(0xff, 0xfe), 100, /not UTF-8/],
  ])('%s', async (_, ...[content, max, expected]) => {
    const read = nodeFiles.readText(join(folder({ f: content }), 'f'), max);
    if (typeof expected === 'string') expect(await read).toBe(expected);
    else await expect(read).rejects.toThrow(expected);
  });

  it('of what is absent is undefined, and of a folder is refused', async () => {
    const root = folder({ f: '' });
    expect(await nodeFiles.readText(join(root, 'nope'), 9)).toBe(undefined);
    expect(await nodeFiles.readText(join(root, 'f', 'below'), 9)).toBe(undefined);
    await expect(nodeFiles.readText(root, 9)).rejects.toThrow(/not a regular file/);
    await expect(nodeFiles.digest(join(root, 'nope'))).rejects.toThrow(/no such file/);
    await expect(nodeFiles.digest(root)).rejects.toThrow(/cannot be read/);
  });
});

describe('writing', () => {
  it('makes the folder, replaces what was there, and leaves nothing half', async () => {
    const root = folder({ 'out/report.md': 'old and longer' });
    await nodeFiles.write(join(root, 'out'), { 'report.md': 'new', 'verdict.json': '{}' });
    await nodeFiles.write(join(root, 'a/b'), { x: '1' });
    expect(readFileSync(join(root, 'out/report.md'), 'utf8')).toBe('new');
    expect(readdirSync(join(root, 'out')).toSorted()).toEqual(['report.md', 'verdict.json']);
    expect(readFileSync(join(root, 'a/b/x'), 'utf8')).toBe('1');
  });

  it('where it cannot keeps the old file and says what to do', async () => {
    const root = folder({ taken: 'a file', 'out/report.md/inside': 'a folder in the way' });
    await expect(nodeFiles.write(join(root, 'taken'), { x: '1' })).rejects.toThrow(
      /cannot be written.*--out/,
    );
    await expect(nodeFiles.write(join(root, 'out'), { 'report.md': 'new' })).rejects.toThrow(
      /cannot be written/,
    );
    expect(readdirSync(join(root, 'out'))).toEqual(['report.md']);
  });
});

describe('a report folder', () => {
  it('is cleared of what another run left, and of nothing else', async () => {
    const root = folder({ 'verdict.json': '{"outcome":"pass"}', 'mine.txt': 'kept' });
    await nodeFiles.remove(root, ['verdict.json', 'report.md']);
    expect(readdirSync(root)).toEqual(['mine.txt']);
    await expect(nodeFiles.remove(join(root, 'nowhere'), ['verdict.json'])).resolves.toBeUndefined();
  });

  it('that is a link is refused, and links inside of it are replaced, never followed', async () => {
    const root = folder({ 'victim.txt': 'precious', 'out/keep': '' });
    symlinkSync(join(root, 'out'), join(root, 'linked'));
    await expect(nodeFiles.remove(join(root, 'linked'), ['report.md'])).rejects.toThrow(/is a link/);
    symlinkSync('../victim.txt', join(root, 'out/report.md'));
    symlinkSync('../victim.txt', join(root, 'out/report.md.partial'));
    await nodeFiles.write(join(root, 'out'), { 'report.md': 'report' });
    expect(readFileSync(join(root, 'victim.txt'), 'utf8')).toBe('precious');
    expect(readFileSync(join(root, 'out/report.md'), 'utf8')).toBe('report');
  });
});
