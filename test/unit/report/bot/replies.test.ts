import { describe, expect, it } from 'vitest';
import { expectGoldenMarkdown } from '../../../support/golden-markdown.ts';
import { sampleReplies, sampleReply } from '../../../support/sample-bot-replies.ts';

const replies = sampleReplies();

describe('the replies of the bot', () => {
  it.each(Object.keys(replies))('%s', (name) => {
    expectGoldenMarkdown(sampleReply(replies[name] ?? []), name);
  });

  it.each(Object.keys(replies))(
    '%s begins with its marker and says in its first line what happened',
    (name) => {
      const [marker, , heading] = sampleReply(replies[name] ?? []).split('\n');
      expect(marker).toBe('<!-- known-good:reply%3A1001 -->');
      expect(heading).toMatch(/^## [✔◐!✖] [A-Z, ]+ — \S/);
    },
  );
});
