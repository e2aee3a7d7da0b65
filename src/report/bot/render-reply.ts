import type { Block } from '../document.ts';
import { toMarkdown } from '../to-markdown.ts';

/** Most UTF-8 bytes of a reply: GitHub takes 65,536 characters. */
const MOST_BYTES = 60_000;

/** A reply as markdown; with a marker, its hidden first line is what it is found again by. */
export function renderReply(blocks: readonly Block[], marker?: string): string {
  const options = { budget: MOST_BYTES, ...(marker === undefined ? {} : { marker }) };
  return toMarkdown({ title: 'Known Good', outcome: 'pass', blocks }, options);
}

/** The marker of the reply to a comment. */
export function replyMarker(comment: string): string {
  return `reply:${comment}`;
}
