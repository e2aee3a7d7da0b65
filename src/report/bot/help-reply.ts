import type { Help, HelpLine } from '../../commands/help.ts';
import { code, paragraph, strong, text, type Block, type Inline } from '../document.ts';
import { endBlocks } from './end-blocks.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';

/** What `/help` answers: what there is to type, in groups, and what holds for all of it. */
export function helpReply({ groups, notes }: Help, context: ReplyContext): Block[] {
  return [
    replyHeading('pass', 'HELP', 'what can be typed in a comment'),
    ...groups.flatMap(({ title, lines }): Block[] => [
      { kind: 'paragraph', inlines: [strong(title)] },
      { kind: 'list', items: lines.map(lineOf) },
    ]),
    ...notes.map((note) => paragraph(note)),
    ...endBlocks(context, {}),
  ];
}

function lineOf({ usage, what }: HelpLine): Inline[] {
  return what === '' ? [code(usage)] : [code(usage), text(`: ${what}`)];
}
