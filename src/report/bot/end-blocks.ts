import { code, link, paragraph, text, type Block, type Inline } from '../document.ts';
import { commentCommand } from './comment-command.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import type { ReplyContext } from './reply-context.ts';

/** How a reply ends. */
export interface ReplyEnd {
  /** What undoes it, without slashes, one comment after another. */
  undo?: readonly string[];
  /** It is a way out of trouble more than an undoing. */
  wayBack?: boolean;
  next?: string;
  /** The ledger's commit, and the number of the entry. */
  head?: string;
  seq?: number;
}

/** What every reply ends with: notes, the comment that undoes it, who asked, the run, and the ledger's commit. */
export function endBlocks(context: ReplyContext, { undo = [], next, wayBack, ...ledger }: ReplyEnd): Block[] {
  const title = wayBack === true ? 'The way back, as a comment:' : 'To undo it, comment:';
  return [
    ...context.notes.map((note) => paragraph(...sentenceInlines(note))),
    ...(next === undefined ? [] : commandBlock(next, 'Next, comment:')),
    ...undo.flatMap((command, i) => commandBlock(command, i === 0 ? title : 'And once that is answered:')),
    { kind: 'paragraph', inlines: provenance(context, ledger), tone: 'quiet' },
  ];
}

function commandBlock(command: string, title: string): Block[] {
  return [paragraph(title), { kind: 'code', text: commentCommand(command) }];
}

function provenance({ command, by, run }: ReplyContext, { head, seq }: ReplyEnd): Inline[] {
  return [
    code(command),
    text(' by '),
    code(by),
    ...(run === undefined ? [] : [text(' · '), link('run', run)]),
    ...(head === undefined ? [] : [text(' · ledger '), code(head)]),
    ...(seq === undefined ? [] : [text(`, entry ${seq}`)]),
  ];
}
