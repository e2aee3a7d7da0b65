import { expect } from 'vitest';

/** Nothing of hostile names is active in a markdown of ours: outside of code there is no mention, tag, link or reference of theirs. */
export function expectHarmless(markdown: string): void {
  const plain = markdown
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/<code>[^<]*<\/code>/g, '')
    .replace(/\]\(<(?:https:\/\/github\.com|http:\/\/127\.0\.0\.1:\d+)\/acme\/models\/[^>]*>\)/g, '');
  expect(plain).not.toMatch(
    /@octocat|@acme|<img|<script|javascript:|https?:\/\/|www\.|(?<![&\w])#\d|GH-3|\u202e|\u200b/,
  );
}
