import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectClean } from '../support/expect-clean.ts';
import { checkOf, runCli, verdictOf } from '../support/run-cli.ts';
import { smallArtifact, smallConfig, smallTable, soundModel } from '../support/small-gate.ts';
import type { Contents, TemporaryRepository } from '../support/temporary-repository.ts';
import { GIT_ENV, temporaryFolder, temporaryRepository } from '../support/temporary-repository.ts';

const CONFIG = '.github/known-good.yml';
const TABLE = smallTable({ rows: 60 });

function config({ min = '0.01', frozen = 'f.csv', baseline = 'none', name = 'small' } = {}): string {
  const gated = frozen === '' ? '' : `frozen: { path: ${frozen}, label: y, id: id }, `;
  return smallConfig()
    .replace('data: { ', `data: { ${gated}`)
    .replace('min: 0.01', `min: ${min}`)
    .replace('baseline: none', `baseline: ${baseline}`)
    .replace('small:', `${name}:`);
}

const { 'known-good.yml': _, ...ARTIFACT } = smallArtifact({});
const FILES: Contents = { ...ARTIFACT, [CONFIG]: config(), 'f.csv': TABLE, 'sub/x': '' };
/** Half of the frozen rows are gone, and the floor is lower. */
const EDITED: Contents = { [CONFIG]: config({ min: '0.005' }), 'f.csv': smallTable({ rows: 40 }) };

function changed(before: Contents, now: Contents): TemporaryRepository {
  const repository = temporaryRepository();
  repository.commit({ ...FILES, ...before });
  repository.git('checkout', '-q', '-b', 'change');
  repository.commit(now);
  return repository;
}

async function gate(cwd: string, ...args: string[]) {
  const run = await runCli(['gate', '--out', join(temporaryFolder(), 'out'), ...args], { cwd });
  const verdict = verdictOf(run);
  expectClean(run);
  return {
    verdict,
    outcome: verdict.outcome,
    ids: verdict.checks.filter(({ check }) => check === 'gates').map(({ id, role }) => `${id} ${role}`),
  };
}

describe('a change that edits its own examination', () => {
  it('holds the same from every folder and by every path of the config', async () => {
    const { root } = changed({}, EDITED);
    const [above, name] = [join(root, '..'), basename(root)];
    for (const [cwd, ...args] of [
      [root],
      [join(root, 'sub'), '--config', `../${CONFIG}`],
      [join(root, 'sub'), '--config', join(root, CONFIG)],
      [above, '--config', `${name}/${CONFIG}`],
    ] as const) {
      const { verdict, ids } = await gate(cwd, ...args);
      expect([verdict.binding, ...ids]).toEqual(['gates.frozen', 'gates inform', 'gates.frozen gate']);
      expect(checkOf(verdict, 'gates').message).toBe(
        'This change also edits the gates: accuracy min 0.01 → 0.005.',
      );
      expect(verdict.reason).toMatch(/^The frozen reference set "[^"]*f\.csv" is not the one at/);
    }
  });

  it.each<[string, Contents, readonly string[], RegExp]>([
    [
      'another config',
      { ...EDITED, [CONFIG]: undefined, '.github/known-good.yaml': config() },
      ['--config', '.github/known-good.yaml'],
      /has no config "\.github\/known-good\.yaml"; it has "\.github\/known-good\.yml"/,
    ],
    [
      'another model',
      { ...EDITED, [CONFIG]: config({ name: 'large' }) },
      [],
      /has no model "large" in its config; it has "small"/,
    ],
    ['no frozen table', { [CONFIG]: config({ frozen: '', name: 'large' }) }, [], /has no model "large"/],
  ])('cannot hide behind %s', async (...[, now, args, sentence]) => {
    const { outcome, verdict } = await gate(changed({}, now).root, ...args);
    expect([outcome, verdict.binding]).toEqual(['hold', 'gates.frozen']);
    expect(checkOf(verdict, 'gates').message).toMatch(sentence);
  });

  it('cannot hide behind a broken config of the base commit', async () => {
    const { root } = changed({ [CONFIG]: `${config()}junk: 1\n` }, EDITED);
    const { verdict } = await gate(root);
    expect(verdict.binding).toBe('gates.frozen');
    expect(checkOf(verdict, 'gates').message).toMatch(/is not readable: .*junk: unknown key.*\.$/);
  });

  it('cannot bring its own champion', async () => {
    const by = config({ baseline: '{ path: champ.onnx }' });
    const before = { [CONFIG]: by, 'champ.onnx': 'another model' };
    const other = Buffer.concat([soundModel(), Buffer.from([0x32, 0x01, 0x78])]);
    const { verdict } = await gate(
      changed(before, { 'champ.onnx': soundModel(), 'artifact/model.onnx': other }).root,
    );
    expect(checkOf(verdict, 'gates.champion')).toMatchObject({ role: 'gate', outcome: 'hold' });
    expect(verdict.outcome).not.toBe('pass');
  });

  it('is told when the test table is another one, and may pass', async () => {
    const { outcome, ids } = await gate(changed({}, { 't.csv': TABLE }).root);
    expect([outcome, ...ids]).toEqual(['pass', 'gates.files inform']);
  });
});

describe('a change that edits nothing of it', () => {
  it('is compared with where it began: what the base branch got since is not its doing', async () => {
    const repository = changed({}, { 'sub/x': '1' });
    repository.git('checkout', '-q', 'main');
    repository.commit({ [CONFIG]: config({ min: '0.02' }) });
    repository.git('checkout', '-q', 'change');
    expect(await gate(repository.root)).toMatchObject({ outcome: 'pass', ids: [] });
  });

  it('passes with other line ends in the work tree', async () => {
    const { root } = changed({}, { 'f.csv': TABLE.replaceAll('\n', '\r\n') });
    expect(await gate(root)).toMatchObject({ outcome: 'pass', ids: [] });
  });

  it('passes with its first config', async () => {
    const repository = changed({ [CONFIG]: undefined }, { [CONFIG]: config() });
    expect(await gate(repository.root)).toMatchObject({ outcome: 'pass', ids: [] });
  });

  it('says on the base branch which commit it was compared with', async () => {
    const repository = temporaryRepository();
    const before = repository.commit(FILES);
    repository.commit({ 'sub/x': '1' });
    const { outcome, verdict } = await gate(repository.root);
    expect(outcome).toBe('pass');
    expect(verdict.assumptions.join('\n')).toContain(
      `the gates were compared with the commit before this one, ${before.slice(0, 7)}, for this is the base branch`,
    );
  });
});

describe('a clone without the base commit', () => {
  it.each([
    ['holds where a frozen table is gated', 'f.csv', 'hold', 'gates.base gate'],
    ['is a caution elsewhere', '', 'pass', 'gates.base inform'],
  ])('%s', async (...[, frozen, outcome, id]) => {
    const { root } = changed({}, { [CONFIG]: config({ frozen }) });
    const shallow = temporaryFolder();
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, shallow], {
      env: GIT_ENV,
      stdio: 'pipe',
    });
    const found = await gate(shallow);
    expect([found.outcome, ...found.ids]).toEqual([outcome, id]);
    expect(checkOf(found.verdict, 'gates.base').settle).toContain('fetch-depth: 0');
  });
});
