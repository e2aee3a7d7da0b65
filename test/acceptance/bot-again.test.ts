import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';

let scene: BotScene;

/** bank/production serves 1.8.0; 1.6.0 and 1.7.0 were proved good there, 1.9.0 is in staging. */
beforeEach(async () => {
  scene = await openBotScene();
  for (const version of ['1.6.0', '1.7.0', '1.8.0', '1.9.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
    if (version !== '1.9.0') await scene.promoted(PRODUCTION, version);
  }
  scene.github.clock.advance(1100);
});
afterEach(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

/** A comment, and the event of it, delivered as often as one likes. */
function comment(login: string, body: string) {
  const { id } = scene.github.comment(undefined, { login, body });
  return { id, payload: scene.github.event(id) };
}

/** The second attempt of a run that came to nothing. */
function again(): { id: number; attempt: number } {
  const { id } = scene.github.run({ workflow: 'bot.yml', event: 'issue_comment' });
  return { id, attempt: scene.github.rerun(id).attempt };
}

describe('a comment is carried out once', () => {
  it('the same event twice, one after the other', async () => {
    const { payload } = comment('ben', '/rollback production');
    const first = await scene.run({ payload });
    const second = await scene.run({ payload });
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(scene.replies()).toHaveLength(1);
    expect([first.outputs['outcome'], second.outputs['outcome']]).toEqual(['done', 'nothing']);
    expect(second.code).toBe(0);
  });

  it('the same event twice at once', async () => {
    const { payload } = comment('ben', '/rollback production');
    const runs = await Promise.all([scene.run({ payload }), scene.run({ payload })]);
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(scene.replies()).toHaveLength(1);
    expect(runs.map(({ outputs }) => outputs['outcome']).sort()).toEqual(['done', 'nothing']);
  });

  it('a promotion delivered twice', async () => {
    const { payload } = comment('ben', '/promote production');
    await scene.run({ payload });
    await scene.run({ payload });
    expect(scene.tag('prod')).toBe('1.9.0');
    expect(scene.replies()).toHaveLength(1);
    expect(scene.replies()[0]).toContain('PROMOTED');
  });

  it('a run that is started again changes the reply of its first attempt, and moves nothing', async () => {
    const { payload } = comment('ben', '/rollback production');
    const { run } = await scene.run({ payload });
    await scene.promoted(PRODUCTION, '1.9.0');
    scene.github.rerun(run.id);
    const again = await scene.run({ payload, run: { id: run.id, attempt: 2 } });
    expect(scene.tag('prod')).toBe('1.9.0');
    expect(scene.replies()).toHaveLength(1);
    expect(scene.replies()[0]).toContain('NOTHING TO DO');
    expect(again.outputs['outcome']).toBe('nothing');
  });

  it('two /rollback of the same second go back once', async () => {
    const [one, other] = [comment('ben', '/rollback production'), comment('cleo', '/rollback production')];
    const runs = await Promise.all([
      scene.run({ payload: one.payload }),
      scene.run({ payload: other.payload }),
    ]);
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(scene.replies()).toHaveLength(2);
    for (const { code } of runs) expect(code).toBe(0);
  });

  it('a /promote that is older than a rollback does not undo it', async () => {
    const stale = comment('ben', '/promote production 1.8.0');
    scene.github.clock.advance(1100);
    await scene.run({ payload: comment('cleo', '/rollback production').payload });
    const { outputs } = await scene.run({ payload: stale.payload });
    expect(outputs['outcome']).toBe('refused');
    expect(scene.tag('prod')).toBe('1.7.0');
  });
});

describe('a run that is started again by somebody else', () => {
  it('asks whether that one may', async () => {
    const { payload } = comment('ben', '/rollback production');
    const refused = await scene.run({ payload, run: again(), env: { GITHUB_TRIGGERING_ACTOR: 'eve' } });
    expect(refused.outputs['outcome']).toBe('refused');
    expect(scene.replies()[0]).toContain('who started this run again,');
    expect(scene.tag('prod')).toBe('1.8.0');
  });

  it('nobody says by whom: only a rollback and what reads is done', async () => {
    const unsaid = { GITHUB_TRIGGERING_ACTOR: '' };
    for (const body of ['/promote production', '/lock production --reason "x"', '/verify production']) {
      const { payload } = comment('ben', body);
      const { outputs } = await scene.run({ payload, run: again(), env: unsaid });
      expect(outputs['outcome']).toBe('refused');
      expect(outputs['message']).toContain('GITHUB_TRIGGERING_ACTOR does not say by whom');
    }
    expect(scene.tag('prod')).toBe('1.8.0');
    for (const body of ['/status', '/history production', '/rollback production']) {
      const { payload } = comment('ben', body);
      expect((await scene.run({ payload, run: again(), env: unsaid })).outputs['outcome']).toBe('done');
    }
    expect(scene.tag('prod')).toBe('1.7.0');
  });

  it.each([
    ['cleo', 'refused', '1.8.0'],
    ['', 'refused', '1.8.0'],
    ['BEN', 'done', '1.7.0'],
  ])('a rollback whose comment is deleted, by %j: %s', async (starter, outcome, serves) => {
    const { id, payload } = comment('ben', '/rollback production');
    scene.github.comments.delete(id);
    const env = { GITHUB_TRIGGERING_ACTOR: starter };
    const { outputs } = await scene.run({ payload, run: again(), env });
    expect(outputs['outcome'], outputs['message']).toBe(outcome);
    expect(scene.tag('prod')).toBe(serves);
    if (outcome === 'refused') expect(outputs['message']).toContain('The comment is gone by now');
  });

  it('a rollback whose comment cannot be read is carried out', async () => {
    const { payload } = comment('ben', '/rollback production');
    scene.github.fault(({ method, path }) =>
      method === 'GET' && path.includes('/issues/comments/') ? { status: 500 } : undefined,
    );
    const env = { GITHUB_TRIGGERING_ACTOR: 'cleo' };
    expect((await scene.run({ payload, run: again(), env })).outputs['outcome']).toBe('done');
  });
});

describe('a comment that changed between event and command', () => {
  it.each(['/promote production', '/lock production --reason "x"'])(
    'edited: %s is not carried out',
    async (body) => {
      const { id, payload } = comment('ben', body);
      scene.github.editComment(id, '/status', 'ana');
      const before = scene.github.head('known-good-ledger');
      const { outputs, code } = await scene.run({ payload });
      expect(outputs['outcome']).toBe('refused');
      expect(code).toBe(0);
      expect(scene.replies()[0]).toContain(
        '## ✖ NOT DONE — the comment is not what it was; nothing was changed',
      );
      expect(scene.github.head('known-good-ledger')).toBe(before);
    },
  );

  it('deleted: /promote is not carried out', async () => {
    const { id, payload } = comment('ben', '/promote production');
    scene.github.comments.delete(id);
    const { outputs } = await scene.run({ payload });
    expect(outputs['outcome']).toBe('refused');
    expect(scene.tag('prod')).toBe('1.8.0');
  });

  it('one that cannot be read stops a promotion, and no rollback', async () => {
    scene.github.fault(({ method, path }) =>
      method === 'GET' && path.includes('/issues/comments/') ? { status: 500 } : undefined,
    );
    const promoted = await scene.run({ payload: comment('ben', '/promote production').payload });
    expect(promoted.outputs['outcome']).toBe('error');
    expect(promoted.code).toBe(3);
    expect(scene.tag('prod')).toBe('1.8.0');
    const back = await scene.run({ payload: comment('ben', '/rollback production').payload });
    expect(back.outputs['outcome']).toBe('done');
  });
});
