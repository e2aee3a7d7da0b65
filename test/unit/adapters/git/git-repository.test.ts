import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitRepository } from '../../../../src/adapters/git/git-repository.ts';
import { findChampion } from '../../../../src/app/gate/find-champion.ts';
import type { ModelConfig } from '../../../../src/config/model-schema.ts';
import {
  GIT_ENV,
  temporaryFolder as temporary,
  temporaryRepository as repository,
} from '../../../support/temporary-repository.ts';

const base = (more: Partial<ModelConfig> = {}) =>
  ({ task: 'regression', artifact: 'models/m', data: {}, ...more }) as ModelConfig;

/** The text of the champion's model, or why there is none; the copy is removed again. */
async function champion(root: string, model: ModelConfig, branch?: string) {
  const found = await findChampion(model, gitRepository(root, branch));
  const path = found.champion?.path;
  const text = path === undefined ? undefined : readFileSync(join(path, 'model.onnx'), 'utf8');
  await found.remove();
  if (path !== undefined) expect(existsSync(path)).toBe(false);
  return text ?? found.noChampion;
}

describe('the champion of a configured model', () => {
  it('is the artifact of the base branch, on a branch of its own', async () => {
    const { root, git, commit } = repository();
    commit({ 'models/m/model.onnx': 'old' });
    git('checkout', '-q', '-b', 'change');
    commit({ 'models/m/model.onnx': 'new' });
    expect(await champion(root, base())).toBe('old');
    expect(await champion(root, base(), 'main')).toBe('old');
    expect(await champion(root, base(), 'nope')).toMatchObject({ asked: true });
  });

  it('is the artifact of the commit before, on the base branch itself', async () => {
    for (const branch of ['main', 'master']) {
      const { root, commit } = repository(branch);
      commit({ 'models/m/model.onnx': 'old' });
      commit({ 'models/m/model.onnx': 'new' });
      expect(await champion(root, base({ baseline: 'auto' })), branch).toBe('old');
    }
  });

  it('is the remote’s, where only that is there', async () => {
    const origin = repository('master');
    origin.commit({ 'models/m/model.onnx': 'old' });
    const { root, git, commit } = repository('change');
    git('fetch', '-q', origin.root, 'master:refs/remotes/origin/master');
    git('reset', '-q', '--hard', 'refs/remotes/origin/master');
    commit({ 'models/m/model.onnx': 'new' });
    expect(await champion(root, base())).toBe('old');
  });

  it('is the artifact of a revision that the config names', async () => {
    const { root, git, commit } = repository();
    commit({ 'models/m/model.onnx': 'first' });
    git('tag', 'v1');
    commit({ 'models/m/model.onnx': 'second' });
    expect(await champion(root, base({ baseline: { git: 'v1' } }))).toBe('first');
    await expect(champion(root, base({ baseline: { git: 'v9' } }))).rejects.toThrow(
      /no commit "v9".*fetch-depth: 0/,
    );
    await expect(champion(root, base({ baseline: { git: '--help' } }))).rejects.toThrow(/no commit "--help"/);
  });

  it('that nobody wants is not the same as one that cannot be had', async () => {
    const { root, commit } = repository();
    commit({ 'models/m/model.onnx': 'only' });
    expect(await champion(root, base())).toMatchObject({
      asked: true,
      why: expect.stringMatching(/first commit/),
      settle: expect.stringMatching(/baseline: none/),
    });
    expect(await champion(root, base({ baseline: 'none' }))).toMatchObject({ asked: false });
    commit({ 'other/x': '1' });
    expect(await champion(root, base({ artifact: 'models/n' }))).toMatchObject({
      asked: true,
      why: expect.stringMatching(
        /"models\/n" does not exist at the base commit [0-9a-f]{40}: .*first release/,
      ),
      settle: expect.stringMatching(/^For a first release say baseline: none/),
    });
    expect(await champion(temporary(), base())).toMatchObject({
      asked: true,
      why: expect.stringMatching(/not a git repository/),
      settle: expect.stringMatching(/--against/),
    });
  });

  it('of a shallow clone is one that cannot be had', async () => {
    const origin = repository();
    origin.commit({ 'models/m/model.onnx': 'old' });
    origin.commit({ 'models/m/model.onnx': 'new' });
    const root = temporary();
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${origin.root}`, root], {
      env: GIT_ENV,
      stdio: 'pipe',
    });
    expect(await champion(root, base())).toMatchObject({
      asked: true,
      why: expect.stringMatching(/shallow clone/),
      settle: expect.stringMatching(/fetch-depth: 0 of actions\/checkout/),
    });
  });

  it('by path is that path, as it is', async () => {
    const found = await findChampion(
      base({ baseline: { path: 'models/old' }, model: 'net.onnx' }),
      gitRepository(temporary(), undefined),
    );
    expect(found.champion).toEqual({ path: 'models/old', modelFile: 'net.onnx' });
  });
});

describe('a copy of a revision', () => {
  it('has all bytes and names, and leaves work tree and index alone', async () => {
    const { root, git, commit } = repository();
    const names = ['models/m/model.onnx', 'models/m/in/tab\there', 'models/m/grün [x]*'];
    const head = commit(Object.fromEntries(names.map((name) => [name, `\u0000${name}\r\n`])));
    writeFileSync(join(root, 'models/m/model.onnx'), 'changed');
    const before = git('status', '--porcelain');
    const copy = await gitRepository(root, undefined).copyAt(head, 'models/m');
    for (const name of names)
      expect(readFileSync(join(copy!.path, name.slice('models/m/'.length)), 'utf8')).toBe(
        `\u0000${name}\r\n`,
      );
    await copy!.remove();
    expect(git('status', '--porcelain')).toBe(before);
    expect(await gitRepository(root, undefined).headCommit()).toBe(head);
  });

  it.each(['models/m/', './models/m', 'models/m/model.onnx'])('takes the path %s', async (path) => {
    const { root, commit } = repository();
    const head = commit({ 'models/m/model.onnx': 'bytes' });
    const copy = await gitRepository(root, undefined).copyAt(head, path);
    expect(readFileSync(path.endsWith('.onnx') ? copy!.path : join(copy!.path, 'model.onnx'), 'utf8')).toBe(
      'bytes',
    );
    await copy!.remove();
  });

  it('with a link in it is refused, and nothing stays behind', async () => {
    const { root, commit } = repository();
    mkdirSync(join(root, 'models/m'), { recursive: true });
    symlinkSync('/etc/hostname', join(root, 'models/m/link'));
    const head = commit({ 'models/m/model.onnx': 'bytes' });
    await expect(gitRepository(root, undefined).copyAt(head, 'models/m')).rejects.toThrow(
      /"models\/m\/link" is a link/,
    );
  });

  it('from outside of the repository is none', async () => {
    const { root, commit } = repository();
    const head = commit({ a: '1' });
    for (const path of ['/etc', 'nope'])
      expect(await gitRepository(root, undefined).copyAt(head, path)).toBe(undefined);
  });
});
