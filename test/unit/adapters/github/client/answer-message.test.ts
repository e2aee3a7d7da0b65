import { describe, expect, it } from 'vitest';
import { messageIn } from '../../../../../src/adapters/github/client/answer-message.ts';

function said(body: unknown, type = 'application/json'): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return messageIn({ status: 422, headers: new Headers({ 'content-type': type }), body: Buffer.from(text) });
}

describe('messageIn', () => {
  it.each([
    ['a message', { message: 'Not Found', documentation_url: 'https://x' }, 'Not Found'],
    ['errors in words', { message: 'No', errors: ['one', 'two', 'three', 'four'] }, 'No; one; two; three'],
    [
      'errors by code',
      {
        message: 'Validation Failed',
        errors: [{ resource: 'Release', field: 'tag', code: 'already_exists' }],
      },
      'Validation Failed; Release tag already_exists',
    ],
    ['errors with messages', { message: 'No', errors: [{ message: 'why', code: 'custom' }] }, 'No; why'],
    ['errors of another kind', { message: 'No', errors: 7 }, 'No'],
    ['text', 'plain words', 'plain words'],
    ['nothing', '', ''],
  ])('finds %s', (_, body, expected) => {
    expect(said(body)).toBe(expected);
  });

  it('only names a page, and cuts a long text', () => {
    expect(said('<html>…</html>', 'text/html; charset=utf-8')).toBe('an HTML page');
    expect(said('x'.repeat(1000), 'text/plain')).toHaveLength(400);
  });
});
