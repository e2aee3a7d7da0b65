import type { Outcome } from '../../core/outcome.ts';
import { paragraph, type Block, type Inline } from '../document.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import { endBlocks } from './end-blocks.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';

/** An answer that is a few sentences: nobody may, something was edited, a workflow was started. */
export interface PlainAnswer {
  tone: Outcome;
  /** In capitals: what happened. */
  words: string;
  /** Where that leaves things, to end the first line. */
  rest: string;
  sentences: readonly string[];
  /** Facts, a line each. */
  facts?: readonly (readonly Inline[])[];
  /** What to type next, without its slash. */
  next?: string;
}

/** A reply of a heading and a few sentences. */
export function plainReply(
  { tone, words, rest, sentences, facts = [], next }: PlainAnswer,
  context: ReplyContext,
): Block[] {
  return [
    replyHeading(tone, words, rest),
    ...sentences.map((sentence) => paragraph(...sentenceInlines(sentence))),
    ...(facts.length === 0 ? [] : [{ kind: 'list', items: facts } as const]),
    ...endBlocks(context, next === undefined ? {} : { next }),
  ];
}
