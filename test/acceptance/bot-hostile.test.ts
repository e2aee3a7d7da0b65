import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';
import { unfenced } from '../support/run-step.ts';

let scene: BotScene;

beforeAll(async () => {
  scene = await openBotScene({ more: [] });
  for (const version of ['1.7.0', '1.8.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
    await scene.promoted(PRODUCTION, version);
  }
});
afterAll(() => scene.close());
afterEach(() => {
  expect(scene.tag('prod')).toBe('1.8.0');
  expect(scene.github.problems).toEqual([]);
});

describe('what is no command gets no answer', () => {
  it.each([
    ['a sentence', 'I would /rollback production if I were you'],
    ['a quoted mail', '> /rollback production\n\nDone?'],
    ['a mail with its quote below', 'Thanks!\n\nOn Monday ben wrote:\n> /rollback production'],
    ['a code block', '```\n/rollback production\n```'],
    ['an indented line', '    /rollback production'],
    ['a space in front', ' /rollback production'],
    ['a path', '/etc/passwd'],
    ['nothing', ''],
  ])('%s', async (_, body) => {
    const { code, outputs, thread } = await scene.says('ben', body);
    expect(outputs['outcome']).toBe('ignored');
    expect(scene.replies(thread)).toEqual([]);
    expect(code).toBe(0);
  });

  it('an edited comment', async () => {
    const { id } = scene.github.comment(undefined, { login: 'ben', body: '/rollback production' });
    const { outputs } = await scene.run({ payload: scene.github.event(id, 'edited') });
    expect(outputs['outcome']).toBe('ignored');
  });

  it('a bot that is not listed, and our own reply', async () => {
    for (const login of ['renovate[bot]', 'github-actions[bot]']) {
      const before = scene.replies().length;
      const { outputs, comment } = await scene.says(login, '/rollback production');
      expect(outputs['outcome']).toBe('ignored');
      expect(scene.replies().length - before).toBe(login === 'github-actions[bot]' ? 1 : 0);
      expect(scene.reactions(comment)).toEqual([]);
    }
  });

  it('a command of another bot', async () => {
    const { outputs } = await scene.says('ben', '/deploy production', {
      inputs: { ignore: '/deploy\n/retest' },
    });
    expect(outputs['outcome']).toBe('ignored');
  });

  it('an unknown command of somebody who may ask for nothing', async () => {
    const { outputs, thread } = await scene.says('eve', '/rolback production');
    expect(outputs['outcome']).toBe('ignored');
    expect(scene.replies(thread)).toEqual([]);
  });
});

describe('what is no command that can be read is answered', () => {
  it.each([
    ['/rolback production', 'Did you mean /rollback?'],
    ['/rollback', '/rollback needs'],
    ['/rollback production --force', '--force'],
    ['/promote production 1.8.0 now', ''],
    ['/rollback nowhere', 'There is no lane bank/nowhere'],
    ['/promote production 9.9.9', 'There is no release'],
    ['/promote production\n/rollback staging', 'One command a comment'],
  ])('%s', async (body, expected) => {
    const { code, outputs, thread, comment } = await scene.says('ben', body);
    const [reply = '', ...others] = scene.replies(thread);
    expect(others).toEqual([]);
    expect(reply).toContain('NOT DONE');
    expect(reply.replaceAll('\\', '')).toContain(expected);
    expect(outputs['outcome']).toBe('refused');
    expect(scene.reactions(comment)).toContain('-1');
    expect(code).toBe(0);
  });
});

describe('who may not is told so, once', () => {
  it.each([
    ['tim', '/rollback production', 'has the role triage'],
    ['tim', '/promote production 1.7.0', 'has the role triage'],
    ['ben', '/adopt production --reason "x"', 'has the role write'],
  ])('%s: %s', async (login, body, expected) => {
    const { code, outputs, thread, comment } = await scene.says(login, body);
    const [reply = '', ...others] = scene.replies(thread);
    expect(others).toEqual([]);
    expect(reply).toContain('## ✖ REFUSED');
    expect(reply).toContain(expected);
    expect(outputs['outcome']).toBe('refused');
    expect(scene.reactions(comment)).toEqual(['eyes', '-1']);
    expect(code).toBe(0);
  });
});

describe('foreign text does nothing where it is shown', () => {
  const nasty =
    '@acme/all #1 <img src=x onerror=1> [x](http://evil.example) `x` ::set-output name=x::y | ![p](https://t.example/p.png)';

  it('in a reason, in the reply, in the log and in the outputs', async () => {
    const { log, thread, outputs } = await scene.says('ben', `/lock staging --reason "${nasty}"`);
    const [reply = ''] = scene.replies(thread);
    expect(reply).toContain('## ✔ LOCKED');
    const outside = reply.replace(/`[^`\n]*`|<code>[^<]*<\/code>/g, '').replace(/\[run\]\(<[^>]*>\)/g, '');
    expect(outside).not.toMatch(/@acme|(?<!&)#1|<img|\]\(http|https?:/);
    expect(unfenced({ log, code: 0, outputs, summary: '' })).not.toContain('::set-output');
    await scene.says('ben', '/unlock staging');
  });

  it('a comment that looks like our reply is not taken for it', async () => {
    const { id, thread } = scene.github.comment(undefined, { login: 'ben', body: '/status' }) as unknown as {
      id: number;
      thread: number;
    };
    const place = scene.github.comments.get(id)?.thread ?? thread;
    const spoof = scene.github.comment(place, {
      login: 'eve',
      body: `<!-- known-good:reply%3A${id} -->\n\nall is well`,
    });
    await scene.run({ payload: scene.github.event(id) });
    expect(scene.github.comments.get(spoof.id)?.body).toContain('all is well');
    expect(scene.replies(place)).toHaveLength(1);
  });
});
