import { describe, expect, it } from 'vitest';
import { chooseModel, loadConfig, requestFromConfig } from '../../../../src/app/gate/request-from-config.ts';
import { requestFromFlags } from '../../../../src/app/gate/request-from-flags.ts';
import { memoryFiles } from '../../../support/memory-ports.ts';

const CONFIG = `version: 1
models:
  bank:
    task: binary-classification
    artifact: models/bank
    model: net.onnx
    contract: { features: f.json#/names, types: { job: string }, missing: answer }
    inputs: { x: { columns: contract }, w: { columns: [job] } }
    outputs: { score: p, positive: 1, classes: [0, 1], threshold: 0.2 }
    data:
      test: { path: t.csv, label: y, id: id, join: more.csv, cluster: who }
      train: { path: train.csv, id: id }
      slices: [job, { column: age, edges: [30, 45] }]
    gates: { metrics: { roc_auc: { min: 0.7, max_drop: 0.01 } }, latency: { p95: 5ms }, memory: { file: 1KiB } }
environments:
  production: { gates: { bank: { metrics: { roc_auc: { min: 0.8 } } } } }
  lab: { predictions: any }
`;
const FILES = { 'f.json': '{"names": ["age", "job"], "other": ["z"]}', 'k.yml': CONFIG };

async function fromConfig(overrides = {}, text = CONFIG, files: Record<string, string> = FILES) {
  const ports = memoryFiles({ ...files, 'k.yml': text });
  const loaded = await loadConfig('k.yml', ports);
  return requestFromConfig(loaded!, overrides, ports);
}

describe('a request by config', () => {
  it('has everything that the config says', async () => {
    expect(await fromConfig()).toMatchObject({
      model: 'bank',
      task: 'binary-classification',
      challenger: { path: 'models/bank', modelFile: 'net.onnx' },
      features: ['age', 'job'],
      types: { job: 'string' },
      inputs: { x: ['age', 'job'], w: ['job'] },
      outputs: { score: 'p', positive: '1', classes: ['0', '1'], threshold: 0.2 },
      data: [
        {
          role: 'test',
          path: 't.csv',
          label: 'y',
          id: 'id',
          cluster: 'who',
          join: { path: 'more.csv', id: 'id' },
        },
      ],
      train: { path: 'train.csv', id: 'id' },
      slices: [{ column: 'job' }, { column: 'age', edges: [30, 45] }],
      defaultGates: false,
      settings: {
        metrics: { roc_auc: { min: 0.7, maxDrop: 0.01, compare: 'champion', decide: 'interval' } },
        latency: { p95: 5 },
        memory: { file: 1024 },
        missing: 'answer',
        predictions: 'any',
      },
    });
  });

  it('in an environment lays its gates over, and wants the model measured unless it says otherwise', async () => {
    const production = await fromConfig({ environment: 'production' });
    expect(production.settings).toMatchObject({
      predictions: 'measured',
      metrics: { roc_auc: { min: 0.8, maxDrop: 0.01 } },
    });
    expect((await fromConfig({ environment: 'lab' })).settings.predictions).toBe('any');
  });

  it('takes another artifact than the config’s', async () => {
    expect((await fromConfig({ artifact: 'other' })).challenger).toEqual({
      path: 'other',
      modelFile: 'net.onnx',
    });
  });

  it.each<[string, string, object, Record<string, string>, RegExp]>([
    ['an unknown model', CONFIG, { model: 'bike' }, FILES, /no model "bike"/],
    ['an unknown environment', CONFIG, { environment: 'moon' }, FILES, /no environment "moon"/],
    ['no features document', CONFIG, {}, {}, /"f\.json", and there is no such file/],
    [
      'a type of no feature',
      CONFIG.replace('{ job: string }', '{ jbo: string }'),
      {},
      FILES,
      /contract\.types names "jbo"/,
    ],
    [
      'a features document of another form',
      CONFIG,
      {},
      { 'f.json': '{"names": "age"}' },
      /no list of feature names/,
    ],
  ])('refuses %s', async (_, ...[text, overrides, files, sentence]) => {
    await expect(fromConfig(overrides, text, files)).rejects.toThrow(sentence);
  });

  it('chooses the only model, and never one of several', async () => {
    const loaded = await loadConfig('k.yml', memoryFiles(FILES));
    expect(chooseModel(loaded!.config, undefined).name).toBe('bank');
    const two = {
      ...loaded!.config,
      models: { ...loaded!.config.models, bike: loaded!.config.models['bank']! },
    };
    expect(() => chooseModel(two, undefined)).toThrow(/has 2 models \("bank", "bike"\)/);
  });

  it('a config that was named must exist; the usual one need not', async () => {
    await expect(loadConfig('nope.yml', memoryFiles({}))).rejects.toThrow(/no config "nope\.yml"/);
    expect(await loadConfig(undefined, memoryFiles({}))).toBe(undefined);
  });
});

describe('a request by flags', () => {
  const files = memoryFiles(FILES);
  const base = { artifact: 'models/bank/', data: 't.csv', label: 'y' };

  it('names the model after its path, and guesses the rest', async () => {
    expect(await requestFromFlags(base, files)).toMatchObject({
      model: 'bank',
      defaultGates: true,
      noChampion: { asked: false },
      data: [{ role: 'test', path: 't.csv', label: 'y' }],
    });
    expect(
      await requestFromFlags({ ...base, against: 'old.onnx', features: 'a, b', slices: ['g'] }, files),
    ).toMatchObject({ champion: { path: 'old.onnx' }, features: ['a', 'b'], slices: [{ column: 'g' }] });
    expect((await requestFromFlags({ ...base, features: 'f.json#/names' }, files)).features).toEqual([
      'age',
      'job',
    ]);
  });

  it.each([
    [undefined, { champion: 'champion', championGuessed: true }],
    ['old', { champion: 'old' }],
    ['none', {}],
  ])('with the champion’s column %s', async (champion, expected) => {
    const { predictions } = await requestFromFlags(
      { predictions: 'p.csv', label: 'y', ...(champion === undefined ? {} : { champion }) },
      files,
    );
    expect(predictions).toEqual({ path: 'p.csv', challenger: 'challenger', label: 'y', ...expected });
  });

  it.each([
    [{}, /Say what to gate/],
    [{ artifact: 'm' }, /--data FILE and --label COLUMN missing/],
    [{ artifact: 'm', data: 't.csv' }, /: --label COLUMN missing/],
    [{ ...base, task: 'ranking' }, /no task "ranking"/],
    [{ ...base, features: 'a,,b' }, /an empty name/],
    [{ ...base, features: 'a,b,a' }, /"a" twice/],
  ])('refuses %j', async (flags, sentence) => {
    await expect(requestFromFlags(flags, files)).rejects.toThrow(sentence);
  });
});
