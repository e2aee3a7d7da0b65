import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../../../src/adapters/onnx/inspect-file.ts';
import { TEST_LIMITS, modelPath } from '../../../support/onnx-fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'known-good-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const safetensors = Buffer.from(
  '\x40\0\0\0\0\0\0\0{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
  'latin1',
);

describe('inspectFile', () => {
  it.each([
    ['empty', '', 'The file is empty.'],
    ['lfs', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n', 'Git LFS pointer'],
    ['html', '\n<!doctype html><title>Not found</title>', 'HTML or XML'],
    ['json', '{"message": "Bad credentials"}', 'JSON'],
    ['text', 'hello, I am a model', 'text'],
    ['zip', Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'), 'zip archive'],
    ['pickle', Buffer.from('\x80\x04\x95\x10\0\0', 'latin1'), 'pickle'],
    ['safetensors', safetensors, 'safetensors'],
    ['hdf5', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), 'HDF5'],
    ['gzip', Buffer.from('\x1f\x8b\x08\0', 'latin1'), 'gzip'],
    ['zeros', new Uint8Array(64), 'not ONNX'],
  ])('names the accident: %s', async (name, content, sentence) => {
    const { problems } = (await inspectFile(write(name, content), TEST_LIMITS)).structure;
    expect(problems).toEqual([{ code: 'not-onnx', message: expect.stringContaining(sentence) }]);
  });

  it('refuses a file over the limit without reading it', async () => {
    const path = write('large.onnx', '');
    truncateSync(path, 3 * 2 ** 40);
    const { bytes, structure } = await inspectFile(path, TEST_LIMITS);
    const { fileBytes, problems } = structure;
    expect(bytes).toBeUndefined();
    expect(fileBytes).toBe(3 * 2 ** 40);
    expect(problems).toEqual([
      { code: 'too-large', message: 'The file has 3298534883328 bytes; the limit is 50000000.' },
    ]);
  });

  it('reads a real model whole', async () => {
    const { bytes, structure } = await inspectFile(modelPath('bike/challenger'), TEST_LIMITS);
    expect([bytes?.length, structure.fileBytes, structure.problems]).toEqual([321_560, 321_560, []]);
  });

  it.each([
    ['a missing file', join(folder, 'absent.onnx'), /no model file/],
    ['a folder', folder, /not a regular file/],
  ])('rejects %s as an input error', async (_, path, message) => {
    await expect(inspectFile(path, TEST_LIMITS)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(message),
    });
  });
});
