import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lanesToAdopt } from '../../../../src/app/setup/lanes-to-adopt.ts';
import { planInit, type InitPlan } from '../../../../src/app/setup/plan-init.ts';
import type { InitFacts, InitWish } from '../../../../src/app/setup/setup-facts.ts';
import { parseConfig } from '../../../../src/config/parse-config.ts';

const folder = new URL('../../../../workflows/', import.meta.url);
const templates = Object.fromEntries(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
);
const CONFIG = '.github/known-good.yml';
const facts: InitFacts = {
  folder: 'credit-models',
  remote: { host: 'github.com', owner: 'Acme', name: 'Credit_Models' },
  defaultBranch: 'trunk',
  models: ['models/churn/model.onnx'],
  tables: [
    { path: 'data/train.csv', columns: ['a', 'label'] },
    { path: 'data/churn_test.csv', columns: ['id', 'a', 'Label'] },
    { path: 'data/other.csv', columns: ['a', 'y'] },
  ],
  tasks: { 'data/churn_test.csv': 'binary-classification' },
  existing: {},
  templates,
};
const SHA = '0123456789abcdef0123456789abcdef01234567';
const wish: InitWish = { action: undefined, force: false };
const plan = (more: Partial<InitFacts> = {}, asked: Partial<InitWish> = {}) =>
  planInit({ ...facts, ...more }, { ...wish, ...asked });
const textOf = ({ files }: InitPlan, path: string) => files.find((file) => file.path === path)?.text ?? '';
const configOf = (each: InitPlan) => parseConfig(textOf(each, CONFIG), CONFIG);

describe('planInit: the config', () => {
  it('names model, table, label and image by what is there, and is valid', () => {
    expect(configOf(plan()).models).toEqual({
      churn: {
        task: 'binary-classification',
        artifact: 'models/churn',
        image: 'ghcr.io/acme/credit-models/churn',
        data: { test: { path: 'data/churn_test.csv', label: 'Label' } },
      },
    });
    expect(Object.keys(configOf(plan()).environments ?? {})).toEqual(['staging', 'production']);
  });

  it.each<[string, Partial<InitFacts>, object]>([
    [
      'no model and no table',
      { models: [], tables: [] },
      { 'credit-models': { artifact: 'models/credit-models' } },
    ],
    ['a model file of its own', { models: ['churn.onnx'] }, { churn: { artifact: 'churn.onnx' } }],
    [
      'a model file without a name',
      { models: ['model.onnx'] },
      { 'credit-models': { artifact: 'model.onnx' } },
    ],
    [
      'two models',
      { models: ['a/model.onnx', 'b/model.onnx'] },
      { a: { artifact: 'a' }, b: { artifact: 'b' } },
    ],
    ['the same name twice', { models: ['x/a/model.onnx', 'y/a/model.onnx'] }, { a: { artifact: 'x/a' } }],
    ['odd names', { models: ['m/é: {x}, #1/model.onnx'] }, { 'x-1': { artifact: 'm/é: {x}, #1' } }],
    ['names that YAML has its own mind about', { models: ['yes/model.onnx'] }, { yes: { artifact: 'yes' } }],
    ['no remote', { remote: undefined }, { churn: { image: 'oci-layout:./registry/churn' } }],
  ])('is valid with %s', (_, more, models) => {
    expect(configOf(plan(more)).models).toMatchObject(models);
  });

  it('is valid with a table whose name and label are odd, and guesses no path into it', () => {
    const tables = [{ path: 'data/a, b: {c}.csv', columns: ['y'] }];
    expect(configOf(plan({ tables })).models['churn']?.data.test).toEqual({
      path: 'data/a, b: {c}.csv',
      label: 'y',
    });
  });

  it.each(['binary-classification', 'multiclass-classification', 'regression', 'score'] as const)(
    'is valid for %s when everything that is commented out is taken in',
    (task) => {
      const text = textOf(plan({ tasks: { 'data/churn_test.csv': task } }), CONFIG);
      const whole = text.replace(
        /^(\s+)# (?=(?:verify|deploy|after|soak|requires|approvals|allow|on_failure|gates|baseline|  metrics|  latency):)/gm,
        '$1',
      );
      expect(whole.match(/^\s+# \w+: /gm)).toBeNull();
      expect(Object.keys(parseConfig(whole, CONFIG).environments?.['production'] ?? {})).toHaveLength(8);
    },
  );

  it('says what it guessed and what it could not', () => {
    expect(plan({ models: [], tables: [] }).notes.join('\n')).toMatch(
      /There is no ONNX file here.*\n.*No table here has a column that looks like a label.*\n.*check models\.credit-models\.task/,
    );
    expect(plan().notes).toEqual([
      'churn is measured on data/churn_test.csv, whose column Label looks like the label.',
    ]);
  });
});

describe('planInit: the workflows', () => {
  it('fills in model, folder, branch and action, and leaves no name of the example', () => {
    const models = ['ml/churn$&/model.onnx'];
    const tables = [{ path: 'tables/churn/test.csv', columns: ['y'] }];
    const filled = plan({ models, tables }, { action: { repository: 'acme/known-good', sha: SHA } });
    const texts = filled.files.filter(({ path }) => path !== CONFIG).map(({ text }) => text);
    expect(texts).toHaveLength(Object.keys(templates).length - 1);
    for (const text of texts) {
      expect(text).not.toMatch(/\bbank\b|OWNER\/known-good|0{40}|Replace OWNER/);
      expect(parse(text)).toBeTypeOf('object');
    }
    const release = parse(textOf(filled, '.github/workflows/release-on-merge.yml'));
    const gate = parse(textOf(filled, '.github/workflows/gate-pull-request.yml'));
    expect(gate.on.pull_request.paths).toEqual(['ml/**', 'tables/**', '.github/known-good.yml']);
    expect(release.on.push).toEqual({ branches: ['trunk'], paths: ['ml/**', CONFIG] });
    expect(release.on).toHaveProperty('workflow_dispatch');
    const uses = release.jobs.release.steps.find((step: { id?: string }) => step.id === 'register');
    expect(uses).toMatchObject({
      uses: `acme/known-good/actions/register@${SHA}`,
      with: { model: 'churn', artifact: 'ml/churn$&' },
    });
  });

  it('keeps the placeholder where nobody says which Known Good, and says so', () => {
    expect(textOf(plan(), '.github/workflows/bot.yml')).toContain(`OWNER/known-good@${'0'.repeat(40)}`);
    expect(plan().next[0]).toMatch(/replace OWNER and the SHA of 40 zeros/);
  });

  it('writes the shadow report only for a config that has one: else its schedule would fail every morning', () => {
    const path = '.github/workflows/shadow-report.yml';
    expect(plan().files.map((file) => file.path)).not.toContain(path);
    const text = textOf(plan(), CONFIG).replace('    data:', '    shadow: { log: [logs/*.csv] }\n    data:');
    expect(plan({ existing: { [CONFIG]: text } }).files.map((file) => file.path)).toContain(path);
  });
});

describe('planInit: what is there already', () => {
  const existing = { [CONFIG]: 'version: 1\nmodels: { own: { task: regression, artifact: m, data: {} } }\n' };
  const whole = (each: InitPlan) =>
    Object.fromEntries(each.files.map(({ path, standing }) => [path, standing]));
  const whatOf = ({ files }: InitPlan, path: string) => files.find((file) => file.path === path)?.what;
  const [bot, deploy] = ['.github/workflows/bot.yml', '.github/workflows/deploy.yml'];
  const [old, next] = [SHA, SHA.replaceAll('0', 'f')].map((sha) => ({ repository: 'acme/known-good', sha }));

  it('is kept, and the workflows are for its model', () => {
    const kept = plan({ existing });
    expect(whatOf(kept, CONFIG)).toBe('kept');
    expect(textOf(kept, '.github/workflows/gate-pull-request.yml')).toContain('model: own');
    expect(kept.notes.join('\n')).toContain('.github/known-good.yml: kept, it is yours.');
  });

  it('is not written again where it is just so', () => {
    const again = plan({ existing: whole(plan()) });
    expect([...new Set(again.files.map(({ what }) => what))]).toEqual(['same']);
    const pinned = plan({ existing: whole(plan({}, { action: old })) });
    expect([...new Set(pinned.files.map(({ what }) => what))]).toEqual(['same']);
  });

  it('is replaced by force where it is a starter workflow; config and deployment never are', () => {
    const mine = { ...existing, [bot]: 'mine', [deploy]: 'mine' };
    for (const action of [undefined, old]) {
      const forced = plan({ existing: mine }, { force: true, action });
      expect(whole(forced)).toMatchObject({ [CONFIG]: existing[CONFIG], [deploy]: 'mine' });
      expect([CONFIG, bot, deploy].map((path) => whatOf(forced, path))).toEqual(['kept', 'replaced', 'kept']);
      expect(forced.notes.filter((note) => note.includes('kept, it is yours'))).toHaveLength(2);
      expect(forced.notes.join('\n')).not.toContain('--force');
    }
  });

  it('gets its first pin by --owner, and is then what --owner would have written at once', () => {
    const open = plan();
    expect(open.next[0]).toMatch(/replace OWNER .*: known-good init --owner OWNER\/known-good@SHA$/);
    const pinned = plan({ existing: whole(open) }, { action: old });
    expect(whole(pinned)).toEqual(whole(plan({}, { action: old })));
    expect([CONFIG, bot, deploy].map((path) => whatOf(pinned, path))).toEqual(['same', 'pinned', 'same']);
    expect(pinned.next.join('\n')).not.toContain('OWNER');
  });

  it('has its pin raised by --owner, and nothing else of it changes, whoever wrote it', () => {
    const before = whole(plan({}, { action: old }));
    const own = '.github/workflows/own.yaml';
    const edited: Record<string, string> = {
      ...before,
      ...existing,
      [bot]: `${before[bot]}# mine\n`,
      [deploy]: `${before[deploy]}      - uses: 'acme/known-good/actions/verify@v1'\r\n`,
      [own]: `x: [{ uses: OWNER/known-good@${'0'.repeat(40)} }, { uses: a/b@v4 }] # v4\n- uses: b/known-good@${SHA} # v1.2\n`,
    };
    const raised = plan({ existing: edited }, { action: next });
    const swapped = (text = '') => text.replaceAll(SHA, next?.sha ?? '');
    const standing = whole(raised);
    expect(standing[CONFIG]).toBe(existing[CONFIG]);
    expect(standing[bot]).toBe(swapped(edited[bot]));
    expect(standing[deploy]).toBe(
      `${before[deploy]}      - uses: 'acme/known-good/actions/verify@${next?.sha}'\r\n`,
    );
    expect(standing[own]).toBe(
      `x: [{ uses: acme/known-good@${next?.sha} }, { uses: a/b@v4 }] # v4\n- uses: acme/known-good@${next?.sha}\n`,
    );
    expect([bot, deploy, own].map((path) => whatOf(raised, path))).toEqual(['pinned', 'pinned', 'pinned']);
    expect(raised.notes.join('\n')).toMatch(
      new RegExp(
        `: [^:]*bot\\.yml.*To replace them: known-good init --force --owner acme/known-good@${next?.sha}$`,
      ),
    );
    expect(raised.notes.join('\n')).not.toContain('own.yaml');
  });

  it('keeps its pin by force, and gives it to what is missing, where nobody says another', () => {
    const before = whole(plan({}, { action: old }));
    const { '.github/workflows/gate-report.yml': gone, ...rest } = before;
    const forced = plan({ existing: { ...rest, [bot]: `${rest[bot]}# mine\n` } }, { force: true });
    expect(whole(forced)).toEqual(before);
    expect(whatOf(forced, '.github/workflows/gate-report.yml')).toBe('written');
    expect(gone).toContain(SHA);
    expect(forced.next.join('\n')).not.toContain('OWNER');
  });

  it('says what is to be pinned where a workflow of somebody else is not', () => {
    const before = whole(plan({}, { action: old }));
    const loose = { ...before, '.github/workflows/own.yml': '- uses: acme/known-good@v1\n' };
    expect(plan({ existing: loose }).next[0]).toMatch(/pinned to a commit/);
    expect(plan({ existing: before }).next[0]).not.toMatch(/pinned to a commit/);
  });

  it('does not stop at a config that is broken', () => {
    const broken = plan({ existing: { [CONFIG]: 'version: 7' } });
    expect(textOf(broken, '.github/workflows/gate-pull-request.yml')).toContain('model: churn');
    expect(lanesToAdopt(broken)).toEqual([]);
  });
});

it('says how the very first release gets past the gate, in the config too', () => {
  expect(plan().next.join('\n')).toMatch(
    /very first release, say baseline: none .*uncomment the line.*Comment it out afterwards/,
  );
  expect(textOf(plan(), CONFIG)).toMatch(
    /^    # baseline: none # for the very first release: uncomment this line, and comment it out afterwards;/m,
  );
});

it('offers to adopt the lanes of the config that stands afterwards', () => {
  expect(lanesToAdopt(plan())).toEqual(
    ['staging', 'production'].map((tag) => ({
      lane: `churn/${tag}`,
      image: 'ghcr.io/acme/credit-models/churn',
      tag,
    })),
  );
});
