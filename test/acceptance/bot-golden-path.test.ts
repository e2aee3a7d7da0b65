import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';

let scene: BotScene;

beforeAll(async () => {
  scene = await openBotScene({ production: ['    approvals: 1'] });
  for (const version of ['1.6.0', '1.7.0', '1.8.0']) await scene.release(version);
  for (const version of ['1.6.0', '1.7.0']) {
    await scene.promoted(STAGING, version);
    await scene.promoted(PRODUCTION, version);
  }
});
afterAll(() => scene.close());

/** The one reply in a thread. */
function replyIn(thread: number): string {
  const replies = scene.replies(thread);
  expect(replies).toHaveLength(1);
  return replies[0] ?? '';
}

describe('a release manager comments', () => {
  it('/promote of the first environment moves what was registered last', async () => {
    const { code, outputs, thread, comment, summary } = await scene.says('ben', '/promote staging');
    const reply = replyIn(thread);
    expect(reply).toContain('## ✔ PROMOTED — bank/staging serves 1.8.0, known good');
    expect(reply).toContain('/rollback bank/staging');
    expect(reply).toMatch(/\*\*Took\*\* .* to the tag read back/);
    expect(scene.tag('staging')).toBe('1.8.0');
    expect(scene.reactions(comment)).toEqual(['eyes']);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ outcome: 'done', lane: 'bank/staging', version: '1.8.0' });
    expect(outputs['head']).toMatch(/^[0-9a-f]{40}$/);
    expect(summary.trimEnd()).toBe(reply.trimEnd());
  });

  it('/promote without its approval says who can give it, and what to type', async () => {
    const { thread, comment, code } = await scene.says('ben', '/promote production');
    const reply = replyIn(thread);
    expect(reply).toContain('## ✖ REFUSED — promote of bank/production, for one reason; nothing was changed');
    expect(reply).toContain('`/approve bank/production 1.8.0` (the role write or a stronger one)');
    expect(reply).toContain('What is new in 1.8.0, beside 1.7.0');
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(scene.reactions(comment)).toEqual(['eyes', '-1']);
    expect(code).toBe(0);
  });

  it('the approval of the one who promotes does not count; that of somebody else does', async () => {
    await scene.says('ben', '/approve production 1.8.0');
    expect(replyIn((await scene.says('ben', '/promote production')).thread)).toContain('REFUSED');
    const approved = await scene.says('cleo', '/approve production 1.8.0 --reason "looks fine"');
    expect(replyIn(approved.thread)).toContain('## ✔ APPROVED — bank 1.8.0 in bank/production');
    const { thread } = await scene.says('ben', '/promote production');
    expect(replyIn(thread)).toContain('## ✔ PROMOTED — bank/production serves 1.8.0');
    expect(scene.tag('prod')).toBe('1.8.0');
  });

  it('/rollback restores what was proved good, and says how to undo it', async () => {
    const { thread, outputs, comment } = await scene.says('ben', '/rollback production');
    const reply = replyIn(thread);
    expect(reply).toContain('## ✔ ROLLED BACK — bank/production serves 1.7.0 again');
    expect(reply).toContain('/release bank@1.8.0 --reason "…"');
    expect(reply).toContain('**Decided by** the policy that the ledger holds');
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(scene.reactions(comment)).toEqual(['eyes']);
    expect(outputs).toMatchObject({ outcome: 'done', lane: 'bank/production', version: '1.7.0' });
  });

  it('/release lets it be promoted again', async () => {
    const { thread } = await scene.says('ana', '/release 1.8.0 --reason "the store was down"');
    expect(replyIn(thread)).toContain('## ✔ RELEASED — bank 1.8.0 in bank/production');
  });

  it('/lock and /unlock', async () => {
    const locked = await scene.says('ben', '/lock production --reason "audit"');
    expect(replyIn(locked.thread)).toContain('## ✔ LOCKED — bank/production');
    const refused = await scene.says('ben', '/promote production 1.8.0');
    expect(replyIn(refused.thread)).toContain('`/unlock bank/production`');
    const unlocked = await scene.says('ben', '/unlock production');
    expect(replyIn(unlocked.thread)).toContain('## ✔ UNLOCKED — bank/production');
  });

  it.each([
    ['/status', '## ✔ STATUS — 2 lanes, nothing is wrong'],
    ['/status production', '## ✔ STATUS — bank/production serves 1.7.0'],
    ['/history production', '## ✔ HISTORY — all'],
    ['/why production', '## ✔ WHY — bank/production serves 1.7.0'],
    ['/verify production', '## ✔ HEALTHY — bank/production serves 1.7.0, known good'],
    ['/help', '## ✔ HELP — what can be typed in a comment'],
    ['/help rollback', '--unproved'],
    ['/rollback production --dry-run', 'nothing was changed'],
    [
      '/promote staging 1.7.0 --dry-run',
      '## ◐ PLAN — 1.7.0 would be promoted to bank/staging; nothing was changed',
    ],
    ['/lock production --reason "x" --dry-run', '## ◐ PLAN — lock: bank/production; nothing was changed'],
  ])('%s', async (text, expected) => {
    const before = scene.github.head('known-good-ledger');
    const { thread, code } = await scene.says('ben', text);
    expect(replyIn(thread)).toContain(expected);
    expect(code).toBe(0);
    expect(scene.github.head('known-good-ledger')).toBe(before);
  });

  it('every request is one that GitHub’s own description allows', () => {
    expect(scene.github.problems).toEqual([]);
  });

  it('what moved is on the page of deployments only where a commit is known', () => {
    expect(scene.github.deployments.size).toBe(0);
  });
});
