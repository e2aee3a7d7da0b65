import { describe, expect, it } from 'vitest';
import { fitLine, fitText } from '../../../src/adapters/github/fit-text.ts';
import { isSameUser } from '../../../src/adapters/github/forge-user.ts';

/** Half of a character. */
const LONE = /\p{Surrogate}/u;
const note = '\n\n_cut_\n';
const fit = (text: string, limit = 200) => fitText(text, { limit, note });

describe('a text that must fit', () => {
  it('is left as it is up to the limit', () => {
    expect(fit('x'.repeat(200))).toBe('x'.repeat(200));
  });

  it('ends behind a whole line', () => {
    const text = 'line\n'.repeat(100);
    expect(fit(text)).toMatch(/^(?:line\n)+line\n\n_cut_\n$/);
    expect(fit(text).length).toBeLessThanOrEqual(200);
  });

  it('ends within a line that is too long itself, and never within a character', () => {
    for (const limit of [200, 201]) {
      const cut = fit('🧪'.repeat(300), limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut).not.toMatch(LONE);
    }
  });

  it.each([
    ['```\n', true],
    ['```json\n', true],
    ['~~~~\n', true],
    ['```\n```\n', false],
    ['````\n```\n````\n', false],
    ['````\n```\n', true],
    ['inline ``` three\n', false],
  ])('has its code fence closed: %j', (head, open) => {
    const cut = fit(`${head}${'code\n'.repeat(100)}`);
    expect(/code\n[`~]+\n\n_cut_\n$/.test(cut)).toBe(open);
    expect(cut.length).toBeLessThanOrEqual(200);
  });

  it('on one line has no others', () => {
    expect(fitLine(' a\r\n\tb  c ', 10)).toBe('a b c');
    expect(fitLine('abcdefghijkl', 10)).toBe('abcdefghi…');
    expect(fitLine('🧪🧪🧪', 4)).not.toMatch(LONE);
  });
});

describe('a user', () => {
  it.each([
    ['alice', 'user', 'ALICE', true],
    ['alice', 'user', 'bob', false],
    ['github-actions[bot]', 'bot', 'github-actions', true],
    ['github-actions[bot]', 'bot', 'github-actions[bot]', true],
    ['github-actions', 'bot', 'github-actions[bot]', true],
    ['github-actions', 'user', 'github-actions[bot]', false],
    ['github-actions[bot]', 'bot', 'dependabot[bot]', false],
    ['github-actions[bot]', 'bot', 'github-action', false],
  ] as const)('%s (%s) is %s: %s', (...[login, kind, other, same]) => {
    expect(isSameUser({ login, kind }, other)).toBe(same);
  });
});
