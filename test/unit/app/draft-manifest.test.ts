import { describe, expect, it } from 'vitest';
import { draftManifest } from '../../../src/app/draft-manifest.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { parseManifest } from '../../../src/config/parse-manifest.ts';
import type { MemoryModel } from '../../support/memory-ports.ts';
import { memoryFiles, memoryModels } from '../../support/memory-ports.ts';

const input = (name: string) => ({ name, type: 'float32', shape: [undefined, 1] });
const model = (metadata: Record<string, string>, ...names: string[]): MemoryModel => ({
  signature: { inputs: names.map(input), outputs: [] },
  answer: () => ({}),
  metadata,
});
const SHA = 'a'.repeat(40);

function draft(
  path: string,
  own: MemoryModel,
  { texts = {}, head, name }: { texts?: Record<string, string>; head?: string; name?: string } = {},
) {
  const file = path.endsWith('.onnx') ? path : `${path}/model.onnx`;
  const ports = {
    files: memoryFiles({ [file]: 'bytes', ...texts }),
    models: memoryModels({ [file]: own }),
    repository: {
      headCommit: async () => head,
      base: async () => ({ kind: 'outside' as const }),
      copyAt: async () => undefined,
      contentAt: async () => undefined,
      yamlWith: async () => [],
      nameOf: async () => undefined,
    },
  };
  return draftManifest({ path, ...(name === undefined ? {} : { name }) }, ports);
}

describe('a drafted manifest', () => {
  it('holds what metadata, git and the lockfile tell, and TODO elsewhere', async () => {
    const texts = { 'uv.lock': 'locked', 'requirements.txt': 'not this one' };
    const made = await draft(
      'models/Bank Model',
      model({ version: '1.2.3', feature_names: '["a","b"]' }, 'x'),
      { texts, head: SHA },
    );
    const fields = JSON.parse(made.text);
    expect(made.folder).toBe('models/Bank Model');
    expect(fields).toMatchObject({
      model: 'bank-model',
      version: '1.2.3',
      features: ['a', 'b'],
      git_sha: SHA,
      lockfile_sha256: digestOf('locked'),
      owner: 'TODO',
    });
    expect(made.open).toEqual(expect.arrayContaining(['owner', 'training_window', 'metrics', 'serving']));
    expect(made.open).not.toContain('features');
  });

  it('takes the inputs of one a column as its features', async () => {
    expect(JSON.parse((await draft('m.onnx', model({}, 'age', 'job'))).text)).toMatchObject({
      model: 'm',
      features: ['age', 'job'],
      version: 'TODO',
      git_sha: 'TODO',
    });
  });

  it('is no manifest yet: the gate names what is open', async () => {
    const made = await draft('models/bank', model({ version: '' }, 'x'));
    const parsed = parseManifest(made.text, 'manifest.json');
    expect(parsed.problems.join('\n')).toMatch(/version: saw "TODO"/);
    expect(made.open).toEqual(expect.arrayContaining(['version', 'features', 'git_sha']));
  });

  it('never replaces one that is there', async () => {
    const texts = { 'models/bank/manifest.json': '{}' };
    await expect(draft('models/bank', model({}, 'x'), { texts })).rejects.toThrow(
      /exists already and is kept/,
    );
  });

  it.each([
    ['--name', 'MY model!', 'my-model'],
    ['a name of nothing', '---', 'model'],
    ['a long name', 'x'.repeat(80), 'x'.repeat(63)],
  ])('is named by %s', async (_, name, expected) => {
    expect(JSON.parse((await draft('m.onnx', model({}, 'x'), { name })).text).model).toBe(expected);
  });
});
