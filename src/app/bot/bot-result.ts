import type { Lane } from '../../core/lane.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';

/** How an event was answered. */
export type BotOutcome =
  | LaneResult['outcome']
  /** No command, or one of a bot that is not listed: there is no answer. */
  | 'ignored'
  | 'error';

/** What a run of the bot leaves. */
export interface BotResult {
  outcome: BotOutcome;
  /** In a sentence. */
  message: string;
  /** The reply as markdown; absent where nothing is answered. */
  reply: string | undefined;
  /** A comment holds the answer. */
  isAnswered: boolean;
  lane?: Lane;
  /** Of the release that the command speaks of. */
  digest?: string;
  version?: string;
  /** The ledger's commit after it. */
  head?: string;
}

/**
 * The exit code of the step: 0 where somebody has the answer, 1 where a release failed, 3 where it is moved and not proved, was not moved, or
 * there was an error. Where no comment holds the answer, a refusal is 1 and a wait 2, as on the command line.
 */
export function exitCodeOfBot({
  outcome,
  isAnswered,
}: Pick<BotResult, 'outcome' | 'isAnswered'>): 0 | 1 | 2 | 3 {
  switch (outcome) {
    case 'done':
    case 'nothing':
    case 'planned':
    case 'ignored':
      return 0;
    case 'refused':
      return isAnswered ? 0 : 1;
    case 'waiting':
      return isAnswered ? 0 : 2;
    case 'failed':
      return 1;
    case 'moved-not-proved':
    case 'not-moved':
    case 'error':
      return 3;
    default:
      return outcome satisfies never;
  }
}
