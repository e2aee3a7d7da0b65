import { describe, expect, it } from 'vitest';
import { parseComment } from '../../../src/commands/parse-command.ts';

describe('no command', () => {
  it.each([
    '',
    '\n/rollback production',
    ' /rollback production',
    '\t/rollback production',
    '\ufeff/rollback production',
    '\u200b/rollback production',
    '> /rollback production',
    '>/rollback production',
    '```\n/rollback production\n```',
    '    /rollback production',
    '<!-- /rollback production -->',
    '- /rollback production',
    '`/rollback production`',
    'please /rollback production',
    '/',
    '/ rollback production',
    '//rollback production',
    '/path/to/x',
    '/rollback/production',
    '/rollback/',
    '/index.html is gone',
    '/*',
    '/1',
    '/-rollback',
    '\\/rollback production',
    'On Monday somebody wrote:\r\n> /rollback production',
  ])('%j', (body) => expect(parseComment(body)).toEqual({ kind: 'none' }));

  it.each(['/deploy production', '/Deploy production', '/deploy: x', '/help', '/lock it'])(
    'where another bot’s: %s',
    (body) => {
      expect(parseComment(body, { others: ['/deploy', 'help', 'lock'] })).toEqual({ kind: 'none' });
    },
  );

  it('nor a second one, where it is another bot’s', () => {
    const body = '/rollback production\n/lock it';
    expect(parseComment(body, { others: ['/Lock', 'x'] }).kind).toBe('command');
    expect(parseComment(body).kind).toBe('wrong');
  });
});

describe('an unknown command', () => {
  it.each([
    ['/rolback production', 'rollback'],
    ['/rollbck', 'rollback'],
    ['/rollback: production', 'rollback'],
    ['/rollback, please', 'rollback'],
    ['/help?', 'help'],
    ['/premote x', 'promote'],
    ['/rоllback production', 'rollback'],
    ['/rollbac\u212a production', 'rollback'],
    ['/UnLok x', 'unlock'],
  ])('%j is nearest to %s', (body, nearest) => {
    const parsed = parseComment(body);
    expect(parsed).toMatchObject({ kind: 'unknown', nearest });
    expect(parsed).toHaveProperty('message', expect.stringContaining(`Did you mean /${nearest}?`));
  });

  it('has none near', () => {
    expect(parseComment('/deploy production now')).toStrictEqual({
      kind: 'unknown',
      name: 'deploy',
      message: 'Not a command: saw "/deploy". Nothing was done. /help lists what there is.',
    });
  });

  it('is shown cut and escaped', () => {
    const parsed = parseComment(`/${'x'.repeat(60_000)}`);
    expect(parsed).toMatchObject({ kind: 'unknown', name: 'x'.repeat(100) });
    expect(JSON.stringify(parsed).length).toBeLessThan(400);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('does not find %s', (name) => {
    expect(parseComment(`/${name} x`).kind).toBe(name.startsWith('_') ? 'none' : 'unknown');
  });
});
