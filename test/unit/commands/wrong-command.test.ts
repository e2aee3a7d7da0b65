import { describe, expect, it } from 'vitest';
import { parseComment } from '../../../src/commands/parse-command.ts';

/** The message of a comment that is not whole and certain. */
function wrongness(body: string): string {
  const parsed = parseComment(body);
  return parsed.kind === 'wrong' ? parsed.message : parsed.kind;
}

const ROLLBACK = { name: 'rollback', lane: 'production', unproved: false, dryRun: false } as const;

describe('a wrong command', () => {
  it('says what was seen, what is expected, and shows an example', () => {
    expect(parseComment('/lock production')).toStrictEqual({
      kind: 'wrong',
      name: 'lock',
      message:
        '/lock needs a reason, and saw none: add --reason "…". Nothing was done. Write: /lock [MODEL/]ENV --reason "…" [--dry-run], for example: /lock production --reason "labels are late"',
      usage: '/lock [MODEL/]ENV --reason "…" [--dry-run]',
    });
  });

  it.each([
    ['/rollback', '/rollback needs [MODEL/]ENV, and saw none.'],
    ['/approve production', '/approve needs RELEASE, and saw none.'],
    ['/release --reason x', '/release needs RELEASE, and saw none.'],
    ['/rollback a/b/c', 'Not a lane: saw "a/b/c", expected [MODEL/]ENV.'],
    ['/rollback production/', 'Not a lane: saw "production/"'],
    ['/rollback "production"', 'Not a lane: saw "\\"production\\""'],
    ['/rollback <production>', 'Not a lane: saw "<production>"'],
    ['/rollback @alice', 'Not a lane: saw "@alice"'],
    [`/rollback ${'x'.repeat(65)}`, 'Not a lane: saw "xxxx'],
    ['/rollback production ../../x', 'Not a release: saw "../../x", expected a version'],
    [`/rollback production ${'1'.repeat(201)}`, 'Not a release: saw "1111'],
    ['/shadow bank/production', 'Not the name of a model: saw "bank/production"'],
    [
      '/rollback production 1.6.2 now',
      'takes [MODEL/]ENV and RELEASE, and saw "now" behind that. A reason goes',
    ],
    ['/verify production now', '/verify takes [MODEL/]ENV, and saw "now" behind that.'],
    [
      '/lock production the labels are late --reason x',
      'saw "the" behind that. A reason goes behind --reason',
    ],
    ['/help rolback', 'Not a command: saw "rolback". Did you mean /help rollback?'],
    ['/help me', 'Not a command: saw "me".'],
    ['/rollback production --dryrun', 'Unknown option "--dryrun"; did you mean --dry-run?'],
    ['/rollback production -reason x', 'Unknown option "-reason"; did you mean --reason?'],
    ['/rollback production ---reason x', 'Unknown option "---reason"; did you mean --reason?'],
    ['/rollback production -n', 'Unknown option "-n".'],
    ['/rollback production — it is broken', 'Unknown option "—".'],
    ['/rollback production --force', 'Unknown option "--force".'],
    ['/rollback production --__proto__', 'Unknown option "--__proto__".'],
    ['/rollback production --accept-hold --reason x', '/rollback takes no --accept-hold.'],
    ['/promote production 1.8 --unproved --reason x', '/promote takes no --unproved.'],
    ['/verify production --reason x', '/verify takes no --reason.'],
    ['/rollback production --dry-run=true', '--dry-run takes no value, and saw one.'],
    ['/rollback production --dry-run —dry-run', 'Saw --dry-run twice.'],
    ['/rollback production --reason a --reason b', 'Saw --reason twice.'],
    ['/rollback production --reason', '--reason needs a text behind it, and saw nothing.'],
    ['/rollback production --reason=', '--reason needs a text behind it, and saw nothing.'],
    ['/rollback production --reason= "a b"', '--reason needs a text behind it, and saw nothing.'],
    ['/rollback production --reason --dry-run', '--reason needs a text behind it, and saw "--dry-run".'],
    ['/rollback production --reason ""', 'The reason is empty.'],
    ['/rollback production --reason "  "', 'The reason is empty.'],
    [`/rollback production --reason "${'x'.repeat(501)}"`, 'The reason has 501 characters, and at most 500'],
    ['/rollback production --reason "a b', 'The quotation mark " is not closed.'],
    ['/rollback production --reason “a b', 'The quotation mark “ is not closed.'],
    ["/rollback production --reason 'it's bad'", "behind the closing ' comes no space"],
    ['/rollback production --reason "a "b" c"', 'behind the closing " comes no space'],
    ['/rollback production --reason "a b --dry-run"', 'The reason holds an option: saw "a b --dry-run"'],
    ['/rollback production --reason "x” --dry-run "', 'The reason holds an option'],
    ['/rollback production --reason bad model', 'Saw "model" behind a reason without quotation marks'],
    ['/rollback production --reason back to 1.6.2', 'Saw "to" behind a reason without quotation marks'],
    ['/promote production --accept-hold', '--accept-hold needs a reason, and saw none'],
    ['/rollback production 1.6.2 --unproved', '--unproved needs a reason, and saw none'],
    [
      '/rollback production --unproved --reason x',
      '--unproved needs the RELEASE to go back to, and saw none',
    ],
    ['/adopt production', '/adopt needs a reason, and saw none'],
    ['/release 1.8.0', '/release needs a reason, and saw none'],
  ])('%s', (body, message) => expect(wrongness(body)).toContain(message));

  it.each([
    ['/roll\u200bback production', 'U+200B'],
    ['/\u202erollback production', 'U+202E'],
    ['/rollback pro\u00adduction', 'U+00AD'],
    ['/rollback production\u0000', 'U+0000'],
    ['/rollback\tproduction', 'U+0009'],
    ['/rollback production\t', 'U+0009'],
    ['/rollback production\u2028/promote production', 'U+2028'],
    ['/rollback production\u0085', 'U+0085'],
    ['/rollback\u2003production', 'U+2003'],
    ['/rollback production --reason "\u2066x\u2069"', 'U+2066, U+2069'],
    ['/rollback production --reason "\u{e0041}"', 'U+E0041'],
    ['/rollback production --reason "\ud800"', 'U+D800'],
    ['/rollback production \ufeff', 'U+FEFF'],
  ])('hides something: %j', (body, code) => {
    expect(wrongness(body)).toContain(`The first line holds characters that cannot be seen (${code}).`);
  });

  it('is not read when its first line is too long', () => {
    const line = (length: number) => `/rollback production${' '.repeat(length - 20)}`;
    expect(parseComment(line(1000))).toStrictEqual({ kind: 'command', command: ROLLBACK });
    expect(wrongness(line(1001))).toContain('The first line has 1001 characters, and at most 1000 are read.');
    expect(wrongness(`/rollback ${'x'.repeat(60_000)}`)).toContain('The first line has 60010 characters');
    expect(wrongness(`/rollback production\n${'x'.repeat(60_000)}`)).toBe('command');
  });

  it.each([
    '/rollback production\n/promote production',
    '/rollback production\r\n\r\n/Promote production',
    '/rollback production\r/promote production',
    '/rollback production\n/promote',
    '/rollback production\n/promote\u00a0production',
    '/rollback production\n/pro\u200bmote production',
    '/rollback production\n```\nx\n```\n/promote production',
    '/rollback production\n```a`b\n/promote production',
    '/rollback production\n    ```\n/promote production',
  ])('is one of two: %j', (body) => {
    expect(wrongness(body)).toContain('One command a comment: saw /rollback, and /promote further down.');
  });
});
