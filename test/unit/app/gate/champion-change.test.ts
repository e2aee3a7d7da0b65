import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changed, compared, config, FILES, lookAt, PATH } from '../../../support/base-scene.ts';
import type { Contents } from '../../../support/temporary-repository.ts';

describe('what is measured with', () => {
  const features = { [PATH]: config({ model: '    contract: { features: "features.json#/x" }\n' }) };
  it.each<[string, Contents, string[]]>([
    ['the same', { 'other.csv': '1' }, []],
    ['another test table', { 't.csv': 'less' }, ['the test table']],
    ['other features', { 'features.json': '["b"]' }, ['the features document']],
    ['a test table that is gone', { 't.csv': undefined }, []],
  ])('%s', async (_, now, expected) => {
    expect((await compared(features, now)).edited.map(({ what }) => what)).toEqual(expected);
  });
});

describe('the champion of this repository', () => {
  const by = (path: string) => ({ [PATH]: config({ model: `    baseline: { path: ${path} }\n` }) });
  const challenger = { 'models/m/model.onnx': 'new' };
  const champion = { 'models/c/model.onnx': 'weak' };
  it.each<[string, Contents, Contents, unknown]>([
    ['that is the same', by('models/c'), challenger, undefined],
    ['that comes with its challenger', by('models/c'), { ...champion, ...challenger }, ['replaced', true]],
    ['that comes alone', by('models/c'), champion, ['replaced', false]],
    ['with another file beside it', by('models/c'), { 'models/c/x': '1' }, ['replaced', false]],
    ['that is new', {}, { ...by('models/d'), 'models/d/model.onnx': 'weak' }, ['new', false]],
    [
      'that only moved',
      by('models/c'),
      { ...by('models/d'), 'models/d/model.onnx': 'champion', 'models/c/model.onnx': undefined },
      undefined,
    ],
    [
      'that git does not have',
      { ...by('models/x'), '.gitignore': 'models/x' },
      { 'models/x/model.onnx': 'x' },
      undefined,
    ],
    [
      'with other line ends in a document',
      { ...by('models/c'), 'models/c/metrics.json': '{\n}' },
      { 'models/c/metrics.json': '{\r\n}' },
      undefined,
    ],
  ])('%s', async (...[, before, now, expected]) => {
    const { champion: change } = await compared(before, now);
    expect(change && [change.how.kind, change.challengerToo]).toEqual(expected);
  });

  it('that the command line names is one too', async () => {
    const repository = changed(FILES, { ...champion, ...challenger });
    const found = await lookAt(repository, { against: join(repository.root, 'models/c') });
    expect(found).toMatchObject({ champion: { how: { kind: 'replaced' }, challengerToo: true } });
  });
});
