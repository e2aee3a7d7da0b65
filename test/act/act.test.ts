import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openActWorld, type ActWorld } from './act-world.ts';

const act = process.env['KG_ACT'] ?? '';
if (act === '')
  console.warn('skipped: the starter workflows by nektos/act, as KG_ACT does not name an act binary');

/**
 * The starter workflows and all actions as a runner runs them, by nektos/act in host mode, against GitHub and a registry on this machine. Stand-ins:
 * the artifact actions, and act's own copy for actions/checkout; `queue: max` is taken out, which act does not know.
 */
describe.skipIf(act === '')('the starter workflows by act', () => {
  let world: ActWorld;
  beforeAll(async () => {
    world = await openActWorld(act);
  });
  afterAll(() => world?.close());

  const push = () => ({ name: 'push', payload: { ref: 'refs/heads/main', repository: repository() } });
  const repository = () => ({ full_name: 'acme/models', default_branch: 'main' });
  const tag = (name: string) => world.registry.tags.get(`acme/bank:${name}`);
  const say = async (thread: number, body: string) => {
    // Times of comments are in whole seconds, and one of the second in which something moved counts as older.
    world.github.clock.advance(1100);
    const comment = world.github.comment(thread, { login: 'ana', body });
    const run = await world.run('bot.yml', { name: 'issue_comment', payload: world.github.event(comment) });
    const reply = [...world.github.comments.values()].findLast(
      ({ login }) => login === 'github-actions[bot]',
    );
    return { run, reply: reply?.body ?? '' };
  };

  it('gates, registers, promotes to staging and looks, on a merge to main', async () => {
    await world.commit('bank-challenger');
    const run = await world.run('release-on-merge.yml', push());
    expect(run.log).toContain('STAND-IN for actions/upload-artifact');
    expect(run.code, run.log.slice(-6000)).toBe(0);
    expect(tag('staging')).toMatch(/^sha256:/);
  });

  it('promotes to production by a comment, through deploy.yml', async () => {
    const { number } = world.github.openIssue({ title: 'Release' });
    const { run, reply } = await say(number, '/promote production');
    expect(run.code, run.log.slice(-6000) + world.deployLogs.at(-1)).toBe(0);
    expect(tag('prod')).toBe(tag('staging'));
    expect(await world.deployed()).toEqual([tag('prod')]);
    expect(reply).toContain('production');
  });

  it('restores the last known good release by a comment', async () => {
    const good = tag('prod');
    await world.commit('bank-champion');
    const next = await world.run('release-on-merge.yml', push());
    expect(next.code, next.log.slice(-6000)).toBe(0);
    const { number } = world.github.openIssue({ title: 'Next release' });
    expect((await say(number, '/promote production')).run.code).toBe(0);
    expect(tag('prod')).not.toBe(good);
    const { run, reply } = await say(number, '/rollback production --reason "wrong at night"');
    expect(run.code, run.log.slice(-6000)).toBe(0);
    expect(tag('prod')).toBe(good);
    expect((await world.deployed()).at(-1)).toBe(good);
    expect(reply).toContain('wrong at night');
  });

  it('gates a pull request, and comments', async () => {
    const pull = world.github.openPull({
      branch: 'better',
      files: { 'models/bank/note.txt': 'x' },
      login: 'ben',
    });
    const head = { ref: 'better', sha: pull.head.sha, repo: repository() };
    const payload = {
      number: pull.number,
      pull_request: {
        number: pull.number,
        head,
        base: { ref: 'main', sha: pull.base.sha, repo: repository() },
      },
      repository: repository(),
    };
    const run = await world.run('gate-pull-request.yml', { name: 'pull_request', payload });
    expect(run.log).toContain('STAND-IN for actions/upload-artifact');
    const comments = [...world.github.comments.values()].filter(({ thread }) => thread === pull.number);
    expect(comments.length, run.log.slice(-6000)).toBe(1);
  });

  it('asked GitHub nothing that its official description does not allow', () => {
    expect(world.github.problems).toEqual([]);
  });
});
