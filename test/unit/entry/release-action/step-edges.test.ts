import { describe, expect, it } from 'vitest';
import { parseImageRepository } from '../../../../src/core/image.ts';
import type { Registries, Registry } from '../../../../src/core/registry.ts';
import { readEventFacts } from '../../../../src/entry/release-action/event-facts.ts';
import { fencedLog } from '../../../../src/entry/release-action/fenced-log.ts';
import { firstRegistry } from '../../../../src/entry/first-registry.ts';

describe('fencedLog', () => {
  it('keeps every line between its fences, and closes them once', () => {
    let text = '';
    const log = fencedLog((part) => (text += part));
    log.line('::error::a\nb');
    log.page('::warning::c\n');
    log.close();
    log.close();
    const [, token] = /^::stop-commands::(\S+)\n/.exec(text) ?? [];
    expect(text).toBe(`::stop-commands::${token}\n::error::a b\n::warning::c\n::${token}::\n`);
    log.line('more');
    expect(text.match(/::stop-commands::/g)).toHaveLength(2);
    expect(text).not.toContain(`::stop-commands::${token}\nmore`);
  });

  it('says nothing where nothing was logged', () => {
    let text = '';
    fencedLog((part) => (text += part)).close();
    expect(text).toBe('');
  });
});

describe('readEventFacts', () => {
  const read = (text: string | undefined) =>
    readEventFacts({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '/e' }, { readText: async () => text });

  it('takes the default branch from the payload', async () => {
    const payload = '{"repository":{"default_branch":"trunk","id":1},"x":1}';
    expect(await read(payload)).toEqual({ name: 'push', defaultRef: 'refs/heads/trunk' });
  });

  it.each([
    ['no file', undefined],
    ['no JSON', '{'],
    ['another one', '{"repository":{}}'],
    ['null', 'null'],
  ])('knows none with %s, and is no error', async (_, text) => {
    expect(await read(text)).toEqual({ name: 'push', defaultRef: undefined });
  });

  it('knows nothing outside of a run, and of a file that cannot be read', async () => {
    const broken = { readText: () => Promise.reject(new Error('no')) };
    expect(await readEventFacts({}, broken)).toEqual({ name: undefined, defaultRef: undefined });
    expect(await readEventFacts({ GITHUB_EVENT_PATH: '/e' }, broken)).toEqual({
      name: undefined,
      defaultRef: undefined,
    });
  });
});

it('gives a pair to the first registry that is opened, and to no other host', () => {
  const made: string[][] = [];
  const registries = firstRegistry({ username: 'a', password: 'b' }, (given) => {
    made.push(given.map(({ host }) => host));
    const open: Registries['open'] = () => ({ given }) as unknown as Registry;
    return { open };
  });
  const open = (name: string) =>
    registries.open(parseImageRepository(name)) as unknown as { given: { host: string }[] };
  expect(open('oci-layout:./x').given).toEqual([]);
  expect(open('one.example/a/b').given).toMatchObject([
    { host: 'one.example', username: 'a', password: 'b' },
  ]);
  expect(open('two.example/a/b').given.map(({ host }) => host)).toEqual(['one.example']);
  expect(made).toEqual([[], ['one.example']]);
});
