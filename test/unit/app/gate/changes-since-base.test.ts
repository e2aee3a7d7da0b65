import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import type { Where, Wish } from '../../../support/base-scene.ts';
import { changed, compared, config, FILES, lookAt, PATH } from '../../../support/base-scene.ts';
import type { Contents } from '../../../support/temporary-repository.ts';
import { temporaryFolder, temporaryRepository, writeFiles } from '../../../support/temporary-repository.ts';

const toldOf = async (now: Wish, before: Wish = {}) => {
  const { gates } = await compared({ [PATH]: config(before) }, { [PATH]: config(now) });
  if (!gates.known) return gates.why;
  return gates.value.map(({ what, before: was, now: is }) => `${what}: ${was} → ${is}`);
};

describe('what a change edits of its own gates', () => {
  it.each<[string, Wish, string[]]>([
    ['nothing', {}, []],
    ['only the order', { gates: 'roc_auc: { max_drop: 0.010, min: 0.75 }' }, []],
    ['a floor', { gates: 'roc_auc: { min: 0.6, max_drop: 0.01 }' }, ['roc_auc min: 0.75 → 0.6']],
    [
      'another metric',
      { gates: 'brier: { max_drop: 0.1 }' },
      ['roc_auc min: 0.75 → none', 'roc_auc max_drop: 0.01 → none', 'brier max_drop: none → 0.1'],
    ],
    [
      'how it decides',
      { gates: 'roc_auc: { min: 0.75, max_drop: 0.01, decide: point }' },
      ['roc_auc decide: none → point'],
    ],
    ['the baseline', { model: '    baseline: none\n' }, ['baseline: auto → none']],
    ['the threshold', { model: '    outputs: { threshold: 0.3 }\n' }, ['outputs threshold: none → 0.3']],
    ['the frozen table', { frozen: 'g.csv' }, ['tables frozen path: f.csv → g.csv']],
    ['who owns it', { model: '    owner: somebody\n' }, []],
    [
      'the environment',
      {
        environments:
          'environments: { production: { predictions: any, gates: { m: { metrics: { roc_auc: { min: 0.5 } } } } } }',
      },
      ['roc_auc min: 0.75 → 0.5', 'predictions: measured → any'],
    ],
    [
      'an environment that asks for the usual',
      {
        environments:
          'environments: { production: { gates: { m: { metrics: { roc_auc: { min: 0.75 } } } } } }',
      },
      [],
    ],
  ])('%s', async (_, now, expected) => expect(await toldOf(now)).toEqual(expected));

  it('is told of long lists that differ at their end alone', async () => {
    const positions = (last: string) =>
      `    contract: { features: [${[...Array.from({ length: 60 }, (_, i) => `f${i}`), last].join(', ')}] }\n`;
    expect(await toldOf({ model: positions('y') }, { model: positions('x') })).toEqual([
      expect.stringMatching(/^contract features/),
    ]);
  });

  it('is told of an environment that came where another one went', async () => {
    const named = (name: string) => ({
      environments: `environments: { ${name}: { predictions: measured } }`,
    });
    expect(await toldOf(named('production'), named('prod'))).toEqual(['environment: prod → production']);
    expect(await toldOf(named('production'))).toEqual([]);
  });

  it.each<[string, Where]>([
    ['a folder below', { cwd: 'data', path: '../.github/known-good.yml' }],
    ['a folder above', { cwd: '..' }],
  ])('is told from %s', async (_, where) => {
    const repository = changed(
      { ...FILES, 'data/x': '' },
      { [PATH]: config({ gates: 'roc_auc: { min: 0.6, max_drop: 0.01 }' }), 'f.csv': 'edited' },
    );
    const path = where.path ?? join(repository.root.split('/').at(-1) ?? '', PATH);
    expect(await lookAt(repository, { ...where, path })).toMatchObject({
      gates: { value: [{ what: 'roc_auc min' }] },
      frozen: { value: [{ digests: [digestOf('frozen')] }] },
    });
  });
});

describe('nothing to compare with', () => {
  it('is nothing to say of the first config, of the first commit, and outside of git', async () => {
    expect(await lookAt(changed({ 'f.csv': 'frozen' }, FILES))).toBe(undefined);
    const first = temporaryRepository();
    first.commit(FILES);
    expect(await lookAt(first)).toBe(undefined);
    const outside = { ...first, root: temporaryFolder() };
    writeFiles(outside.root, FILES);
    expect(await lookAt(outside)).toBe(undefined);
  });

  it('is told where there must be a base commit', async () => {
    const repository = temporaryRepository('trunk');
    repository.commit(FILES);
    repository.commit({ 't.csv': 'other' });
    expect(await lookAt(repository)).toEqual({
      kind: 'no-base',
      why: 'this clone does not say which branch is the default one',
      settle: expect.stringMatching(/fetch-depth: 0/),
    });
  });
});

describe('a config that is not the one of the base commit', () => {
  const OTHER = '.github/known-good.yaml';
  const frozen = [{ path: 'f.csv', digests: [digestOf('frozen')] }];

  it('and not readable there: the first problem on one line, and its frozen table all the same', async () => {
    expect(await compared({ [PATH]: `${config()}\njunk: 1\nmore: 2` }, { [PATH]: config() })).toMatchObject({
      gates: {
        known: false,
        why: expect.stringMatching(
          /known-good\.yml:9:1 junk: unknown key, allowed: version, models, environments \(and 1 more problem\)\.$/,
        ),
      },
      frozen: {
        value: [
          { path: expect.stringMatching(/f\.csv$/), digests: [digestOf('frozen'), digestOf('frozen')] },
        ],
      },
    });
  });

  it('and no YAML there: no word of a frozen table is none, one is not known', async () => {
    const broken = (text: string) => compared({ [PATH]: `{ ${text}` }, { [PATH]: config() });
    expect((await broken('models: {')).frozen).toEqual({ known: true, value: [] });
    expect((await broken('frozen: {')).frozen).toEqual({
      known: false,
      why: 'the config there is not readable.',
    });
  });

  it('but another one, renamed', async () => {
    const now = { [PATH]: undefined, [OTHER]: config({ frozen: undefined }) };
    expect(await compared({}, now, { path: OTHER })).toMatchObject({
      absent: expect.stringMatching(
        /^The base commit [0-9a-f]{7} has no config "\.github\/known-good\.yaml"; it has "\.github\/known-good\.yml"\.$/,
      ),
      frozen: { value: frozen },
    });
  });

  it('but a second one beside it, which leaves the frozen tables of the first alone', async () => {
    const beside = { [OTHER]: config({ frozen: undefined, name: 'n' }) };
    const where = { path: OTHER, model: 'n' };
    expect(await compared({}, beside, where)).toMatchObject({
      absent: expect.stringMatching(/no config/),
      frozen: { value: [] },
    });
    expect(await compared({}, { ...beside, 'f.csv': 'edited' }, where)).toMatchObject({
      frozen: { value: frozen },
    });
  });

  it('but one that names another model', async () => {
    expect(await compared({}, { [PATH]: config({ name: 'n' }) }, { model: 'n' })).toMatchObject({
      absent: expect.stringMatching(/has no model "n" in its config; it has "m"\.$/),
      frozen: { value: [{ digests: [digestOf('frozen'), digestOf('frozen')] }] },
    });
  });

  it('but no config of ours: other YAML is none', async () => {
    const dbt = { 'schema.yml': 'version: 2\nmodels: [{ name: x }]', 'ci.yml': 'models: { x: 1 }' };
    const { [PATH]: _, ...rest } = FILES;
    expect(await lookAt(changed({ ...rest, ...dbt }, FILES))).toBe(undefined);
  });
});

describe('the frozen table of the base commit', () => {
  const frozen = async (now: Contents, before: Contents = {}) => (await compared(before, now)).frozen;

  it('has the digests of the same content', async () => {
    const lines = { 'f.csv': 'a\nb\n' };
    expect(await frozen({ 'f.csv': 'a\r\nb\r\n' }, lines)).toMatchObject({
      value: [{ digests: [digestOf('a\nb\n'), digestOf('a\r\nb\r\n')] }],
    });
    expect(await frozen({ 'f.csv': 'a\nc\n' }, lines)).toMatchObject({
      value: [{ digests: [digestOf('a\nb\n')] }],
    });
  });

  it('that git does not have was gated all the same', async () => {
    expect(await frozen({}, { 'f.csv': undefined })).toMatchObject({ value: [{ path: expect.anything() }] });
  });

  it('is none where none was gated', async () => {
    expect(await frozen({}, { [PATH]: config({ frozen: undefined }) })).toEqual({ known: true, value: [] });
  });
});
