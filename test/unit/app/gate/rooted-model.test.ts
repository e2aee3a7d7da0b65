import { describe, expect, it } from 'vitest';
import { chooseModel, loadConfig, requestFromConfig } from '../../../../src/app/gate/request-from-config.ts';
import { configRoot, rootedModel } from '../../../../src/app/gate/rooted-model.ts';
import { memoryFiles } from '../../../support/memory-ports.ts';

describe('the folder that paths of a config start at', () => {
  it.each([
    ['.github/known-good.yml', ''],
    ['./.github/known-good.yml', ''],
    ['../.github/known-good.yml', '../'],
    ['/repo/.github/known-good.yml', '/repo/'],
    ['sub/repo/.github/known-good.yaml', 'sub/repo/'],
    ['/.github/known-good.yml', '/'],
    ['C:\\repo\\.github\\known-good.yml', 'C:\\repo\\'],
    ['test/fixtures/known-good.yml', ''],
    ['/elsewhere/known-good.yml', ''],
    ['x.github/known-good.yml', ''],
    ['.github/other.yml', ''],
  ])('%s: %j', (path, root) => expect(configRoot(path)).toBe(root));
});

const CONFIG = `version: 1
models:
  bank:
    task: binary-classification
    artifact: models/bank
    baseline: { path: /abs/champion }
    contract: { features: f.json#/names }
    data:
      test: { path: t.csv, label: y, id: id, join: more.csv }
      frozen: { path: f.csv, label: y, id: id, join: { path: more.csv } }
      train: { path: train.csv }
      predictions: { path: p.csv, label: y, challenger: c }
`;

describe('a config at its usual place in another folder', () => {
  const files = memoryFiles({ '../.github/known-good.yml': CONFIG, '../f.json': '{"names": ["a", "b"]}' });
  it('has its paths under the root of its repository, absolute ones as they are', async () => {
    const loaded = await loadConfig('../.github/known-good.yml', files);
    const request = await requestFromConfig(loaded!, {}, files);
    expect(request).toMatchObject({
      challenger: { path: '../models/bank' },
      features: ['a', 'b'],
      data: [
        { role: 'test', path: '../t.csv', join: { path: '../more.csv' } },
        { role: 'frozen', path: '../f.csv', join: { path: '../more.csv' } },
      ],
      train: { path: '../train.csv' },
    });
    const { model } = chooseModel(loaded!.config, undefined);
    expect(rootedModel(model, '../')).toMatchObject({
      baseline: { path: '/abs/champion' },
      data: { predictions: { path: '../p.csv' } },
    });
  });

  it('leaves an artifact of the command line where it is', async () => {
    const loaded = await loadConfig('../.github/known-good.yml', files);
    const request = await requestFromConfig(loaded!, { artifact: 'here' }, files);
    expect(request.challenger?.path).toBe('here');
  });

  it('changes nothing of a config elsewhere', async () => {
    const own = memoryFiles({ 'sub/known-good.yml': CONFIG, 'f.json': '{"names": ["a", "b"]}' });
    const loaded = await loadConfig('sub/known-good.yml', own);
    expect(await requestFromConfig(loaded!, {}, own)).toMatchObject({ challenger: { path: 'models/bank' } });
  });
});
