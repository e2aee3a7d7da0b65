import { KnownGoodError, messageChain } from '../../core/errors.ts';
import { code, paragraph, type Block } from '../document.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import { endBlocks } from './end-blocks.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';

/**
 * The reply to a command that could not be carried out for a reason of its own: what was seen, how far it came, what to do. `standing`:
 * where the lane stands, where something was begun.
 */
export function errorReply(error: unknown, context: ReplyContext, standing?: string): Block[] {
  const [first = 'no reason was given', ...causes] = messageChain(error);
  const own = error instanceof KnownGoodError;
  const isWrong = own && (error.code === 'usage' || error.code === 'input');
  const rest =
    standing === undefined ? 'nothing was changed, as far as this run knows' : 'it stopped on the way';
  return [
    isWrong
      ? replyHeading('fail', 'NOT DONE', 'nothing was changed')
      : replyHeading('error', 'ERROR', `${context.command.split(' ')[0] ?? 'the command'}: ${rest}`),
    ...first.split('\n').map((line) => paragraph(...sentenceInlines(line))),
    ...(own || causes.length === 0 ? [] : [paragraph(`Because: ${causes.join('; ')}`)]),
    ...(standing === undefined ? [] : [paragraph(...sentenceInlines(standing))]),
    ...(isWrong
      ? [
          paragraph(
            'How it is written: ',
            code(`/help ${context.command.slice(1).split(' ')[0] ?? ''}`.trimEnd()),
          ),
        ]
      : [
          paragraph(
            'Type the same command again once that is settled; ',
            code('/status'),
            ' says where things stand, ',
            code('/help'),
            ' what there is.',
          ),
        ]),
    ...(own ? [] : [paragraph('This is a fault of Known Good; please report it with the log of the run.')]),
    ...endBlocks(context, {}),
  ];
}
