import { KnownGoodError } from '../../src/core/errors.ts';
import { changeReply } from '../../src/report/bot/change-reply.ts';
import { errorReply } from '../../src/report/bot/error-reply.ts';
import { laneReply } from '../../src/report/bot/lane-reply.ts';
import type { PromotionOutlook } from '../../src/report/bot/outlook-blocks.ts';
import { plainReply } from '../../src/report/bot/plain-reply.ts';
import { progressReply } from '../../src/report/bot/progress-reply.ts';
import { renderReply, replyMarker } from '../../src/report/bot/render-reply.ts';
import type { ReplyContext } from '../../src/report/bot/reply-context.ts';
import type { Block } from '../../src/report/document.ts';
import {
  BACK,
  GOOD,
  head,
  lane,
  LANES,
  name,
  NEW,
  OUTLOOK,
  ROLLBACKS,
  SAMPLE_CONTEXT,
} from './sample-bot-results.ts';

/** Replies as the bot writes them, by name, without those that show a ledger. */
export function sampleReplies(): Record<string, Block[]> {
  const entries = (results: typeof LANES, context: ReplyContext, outlook?: PromotionOutlook) =>
    Object.entries(results).map(([key, result]) => [key, laneReply(result, context, outlook)] as const);
  const steps = [`promote to ${name(NEW)}: intent 41 written.`, `prod points at ${name(NEW)}, read back.`];
  const back = `rollback to ${name(GOOD)}: intent 42 written.`;
  const plain = { ...SAMPLE_CONTEXT, command: '/lock bank/production' };
  return Object.fromEntries([
    ...entries(LANES, SAMPLE_CONTEXT, OUTLOOK),
    ...entries(ROLLBACKS, {
      ...BACK,
      notes: [
        'The config on main is not usable, so the policy that the ledger holds served: environments.production.tag: missing.',
      ],
    }),
    ['progress', progressReply({ lane, command: 'promote', steps, outlook: OUTLOOK }, SAMPLE_CONTEXT)],
    ['progress-rollback', progressReply({ lane, command: 'rollback', steps: [back] }, BACK)],
    [
      'locked',
      changeReply(
        {
          schema: 1,
          command: 'lock',
          outcome: 'done',
          message: 'bank/production is locked: audit. Promotions wait; a rollback does not.',
          lanes: [lane],
          undo: 'unlock bank/production',
          head,
        },
        plain,
      ),
    ],
    [
      'lock-refused',
      changeReply(
        {
          schema: 1,
          command: 'lock',
          outcome: 'refused',
          message: 'x',
          lanes: [lane],
          reasons: [
            {
              code: 'locked',
              message: 'bank/production is locked already.',
              settle: 'unlock bank/production',
            },
          ],
        },
        plain,
      ),
    ],
    [
      'error',
      errorReply(
        new KnownGoodError('unavailable', 'GitHub did not answer: POST /graphql, 502 after 4 attempts.'),
        SAMPLE_CONTEXT,
      ),
    ],
    [
      'error-on-the-way',
      errorReply(
        new KnownGoodError('unavailable', 'ghcr.io did not answer.'),
        SAMPLE_CONTEXT,
        'bank/production: promote to 1.8.0 is open in the ledger, its tag perhaps moved. The next command there finishes or closes it: /status bank/production',
      ),
    ],
    [
      'fault',
      errorReply(new TypeError('x is not a function', { cause: new Error('socket closed') }), SAMPLE_CONTEXT),
    ],
    [
      'not-allowed',
      plainReply(
        {
          tone: 'fail',
          words: 'REFUSED',
          rest: '/promote bank/production is not yours to give',
          sentences: ['eve has the role read, and /promote asks for write or stronger.'],
        },
        { ...SAMPLE_CONTEXT, by: 'eve' },
      ),
    ],
  ]);
}

/** A reply as GitHub gets it. */
export function sampleReply(blocks: readonly Block[]): string {
  return renderReply(blocks, replyMarker('1001'));
}
