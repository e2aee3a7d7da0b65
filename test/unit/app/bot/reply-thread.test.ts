import { describe, expect, it } from 'vitest';
import { ReplyThread, type ReplyPlace } from '../../../../src/app/bot/reply-thread.ts';

/** Comments in memory, which can be made to wait or to fail; time passes when it is told to. */
function place(changes: Partial<ReplyPlace> = {}) {
  const written: string[] = [];
  const log: string[] = [];
  let pass: (() => void)[] = [];
  const all: ReplyPlace = {
    thread: 7,
    marker: '<!-- m -->',
    since: '2026-06-01T12:00:00Z',
    mayExist: false,
    log: (sentence) => log.push(sentence),
    timer: { now: () => new Date(0), sleep: () => new Promise<void>((done) => pass.push(done)) },
    comments: {
      create: async (thread, body) => {
        written.push(`create ${thread} ${body}`);
        return { id: '1', url: 'u' };
      },
      update: async (id, body) => {
        written.push(`update ${id} ${body}`);
        return 'changed';
      },
      findOwn: async () => undefined,
    },
    ...changes,
  };
  const settled = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const tick = async () => {
    const now = pass;
    pass = [];
    for (const done of now) done();
    await settled();
  };
  return { all, written, log, tick, settled };
}

describe('ReplyThread', () => {
  it('creates one comment and changes it in place, with what is newest', async () => {
    const { all, written, tick, settled } = place();
    const reply = new ReplyThread(all);
    reply.show('a');
    reply.show('b');
    await settled();
    reply.show('c');
    reply.show('d');
    await settled();
    expect(written).toEqual(['create 7 a']);
    await tick();
    expect(written).toEqual(['create 7 a', 'update 1 d']);
  });

  it('does not wait with the last text, and writes nothing after it', async () => {
    const { all, written, settled } = place();
    const reply = new ReplyThread(all);
    reply.show('a');
    await settled();
    expect(await reply.finish('end')).toBe(true);
    reply.show('late');
    await settled();
    expect(written).toEqual(['create 7 a', 'update 1 end']);
  });

  it('takes over the comment of an earlier run', async () => {
    const { all, written } = place();
    const comments = { ...all.comments, findOwn: async () => ({ id: '9', url: 'u', body: 'old' }) };
    const reply = new ReplyThread({ ...all, comments, mayExist: true });
    expect(await reply.exists()).toBe(true);
    await reply.finish('end');
    expect(written).toEqual(['update 9 end']);
  });

  it('writes a new comment where its own was deleted meanwhile', async () => {
    const { all, written, log, settled } = place();
    let last = 0;
    const there = new Set<string>();
    const comments: ReplyPlace['comments'] = {
      ...all.comments,
      create: async (_, body) => {
        const id = String(++last);
        there.add(id);
        written.push(`create ${id} ${body}`);
        return { id, url: 'u' };
      },
      update: async (id, body) => (there.has(id) ? all.comments.update(id, body) : 'gone'),
    };
    const reply = new ReplyThread({ ...all, comments });
    reply.show('a');
    await settled();
    there.clear();
    expect(await reply.finish('end')).toBe(true);
    expect(written).toEqual(['create 1 a', 'create 2 end']);
    expect(log).toEqual([]);
  });

  it('is looked for, and looked for again after a lost answer, from its comment on alone', async () => {
    const { all } = place();
    const asked: unknown[] = [];
    const comments: ReplyPlace['comments'] = {
      ...all.comments,
      findOwn: async (...given) => void asked.push(given),
      create: async (...given) => {
        asked.push(given);
        return { id: '1', url: 'u' };
      },
    };
    await new ReplyThread({ ...all, comments, mayExist: true }).finish('end');
    expect(asked).toEqual([
      [7, '<!-- m -->', '2026-06-01T12:00:00Z'],
      [7, 'end', '2026-06-01T12:00:00Z'],
    ]);
  });

  it('says in the log what could not be written, and ends all the same', async () => {
    const { all, log } = place();
    const comments = { ...all.comments, create: () => Promise.reject(new Error('403')) };
    expect(await new ReplyThread({ ...all, comments }).finish('end')).toBe(false);
    expect(log).toEqual(['The reply could not be written: 403']);
  });

  it('tries again with the next text where the first was not written', async () => {
    const { all, written, tick, settled } = place();
    let calls = 0;
    const create = all.comments.create;
    const comments = {
      ...all.comments,
      create: (thread: number, body: string) =>
        calls++ === 0 ? Promise.reject(new Error('502')) : create(thread, body),
    };
    const reply = new ReplyThread({ ...all, comments });
    reply.show('a');
    await settled();
    reply.show('b');
    await tick();
    expect(written).toEqual(['create 7 b']);
  });

  it('gives up on a request that hangs, after a while', async () => {
    const { all, tick, settled } = place();
    const comments = { ...all.comments, create: () => new Promise<never>(() => undefined) };
    const done = new ReplyThread({ ...all, comments }).finish('end');
    for (let i = 0; i < 200; i++) await tick();
    await settled();
    expect(await done).toBe(false);
  });
});
