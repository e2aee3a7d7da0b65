import { describe, expect, it } from 'vitest';
import { changesSinceBase } from '../../../../src/app/gate/changes-since-base.ts';
import { parseConfig } from '../../../../src/config/parse-config.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { KnownGoodError } from '../../../../src/core/errors.ts';
import type { Repository } from '../../../../src/core/ports.ts';
import { memoryFiles } from '../../../support/memory-ports.ts';

const PATH = '.github/known-good.yml';
const REVISION = '0123456789abcdef0123456789abcdef01234567';

/** A base commit that holds these files; `link` cannot be copied. */
function repository(texts: Readonly<Record<string, string>>, removed: string[]): Repository {
  return {
    headCommit: async () => REVISION,
    baseRevision: async () => REVISION,
    copyAt: async (_, path) => {
      if (path === 'link') throw new KnownGoodError('input', '"link" is a link.');
      if (texts[path] === undefined) return undefined;
      return { path, remove: async () => void removed.push(path) };
    },
  };
}

interface Wish {
  gates?: string;
  model?: string;
  frozen?: string;
  environments?: string;
}

function config({ gates = 'roc_auc: { min: 0.75, max_drop: 0.01 }', ...more }: Wish = {}): string {
  const { model = '', frozen = 'f.csv', environments = '' } = more;
  return `version: 1
models:
  m:
    task: binary-classification
    artifact: models/m
    data: { test: { path: t.csv, label: y }, frozen: { path: ${frozen}, label: y } }
    gates: { metrics: { ${gates} } }
${model}${environments}`;
}

async function changes(
  now: Wish,
  before: Readonly<Record<string, string>> = { [PATH]: config(), 'f.csv': 'frozen' },
) {
  const removed: string[] = [];
  const loaded = { path: PATH, text: '', config: parseConfig(config(now), PATH) };
  const ports = { repository: repository(before, removed), files: memoryFiles(before) };
  const found = await changesSinceBase(loaded, { model: 'm', environment: 'production' }, ports);
  expect(removed).toEqual(Object.keys(before).filter((path) => removed.includes(path)));
  return { found, removed };
}

const toldOf = async (...args: Parameters<typeof changes>) => {
  const { found } = await changes(...args);
  if (found === undefined) return undefined;
  if (!found.gates.known) return found.gates.why;
  return found.gates.value.map(({ what, before, now }) => `${what}: ${before} → ${now}`);
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
      ['roc_auc min: 0.75 → 0.5', 'predictions: none → any'],
    ],
  ])('%s', async (_, now, expected) => expect(await toldOf(now)).toEqual(expected));

  it('is told of long lists that differ at their end alone', async () => {
    const positions = (last: string) =>
      `    contract: { features: [${[...Array.from({ length: 60 }, (_, i) => `f${i}`), last].join(', ')}] }\n`;
    const before = { [PATH]: config({ model: positions('x') }) };
    expect(await toldOf({ model: positions('y') }, before)).toEqual([
      expect.stringMatching(/^contract features/),
    ]);
  });

  it('cannot be told of a config that is not readable', async () => {
    expect(await toldOf({}, { [PATH]: 'version: 2' })).toMatch(/has .* problem/);
  });

  it.each<[string, Record<string, string>]>([
    ['no config there', {}],
    ['no such model there', { [PATH]: config().replace('  m:', '  n:') }],
  ])('%s: nothing to say', async (_, before) => {
    expect((await changes({}, before)).found).toBe(undefined);
  });
});

describe('the frozen table of the base commit', () => {
  const frozen = async (before: Record<string, string>) => (await changes({}, before)).found?.frozen;
  it('is known by its digest, and its copy is removed', async () => {
    const { found, removed } = await changes({});
    expect(found?.frozen).toEqual({ known: true, value: { path: 'f.csv', digest: digestOf('frozen') } });
    expect(removed).toEqual([PATH, 'f.csv']);
  });
  it('behind a pointer of git-LFS is the table that it stands for', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid ${digestOf('big')}\nsize 3\n`;
    expect(await frozen({ [PATH]: config(), 'f.csv': pointer })).toMatchObject({
      value: { digest: digestOf('big') },
    });
  });
  it('that git does not have is nothing to say', async () => {
    expect(await frozen({ [PATH]: config() })).toBe(undefined);
  });
  it('that cannot be read is unknown', async () => {
    expect(await frozen({ [PATH]: config({ frozen: 'link' }) })).toMatchObject({ known: false });
  });
});
