import { formatLane } from '../../core/lane.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { Block } from '../document.ts';
import { replyHeading } from './reply-heading.ts';

/** The first line of the reply to a command on a lane. */
export function laneHeadline(result: LaneResult): Block {
  const lane = formatLane(result.lane);
  const version = result.release?.version ?? 'its release';
  switch (result.outcome) {
    case 'done':
      return doneHeadline(result, lane, version);
    case 'nothing':
      return replyHeading('pass', 'NOTHING TO DO', `${lane} stays as it is`);
    case 'planned':
      return replyHeading('hold', 'PLAN', `${plannedText(result, lane, version)}; nothing was changed`);
    case 'refused':
      return replyHeading(
        'fail',
        'REFUSED',
        `${result.command} of ${lane}${counted(result)}; nothing was changed`,
      );
    case 'waiting':
      return replyHeading('hold', 'WAITING', `${result.command} of ${lane}`);
    case 'moved-not-proved':
      return notProved(result, lane, version);
    case 'not-moved':
      return replyHeading('error', 'NOT MOVED', `${lane} is what it was`);
    case 'failed':
      return failedHeadline(result, lane, version);
    default:
      return result.outcome satisfies never;
  }
}

function doneHeadline({ command, look }: LaneResult, lane: string, version: string): Block {
  const healthy = look?.outcome === 'healthy' ? ', known good' : '';
  switch (command) {
    case 'promote':
      return replyHeading('pass', 'PROMOTED', `${lane} serves ${version}${healthy}`);
    case 'rollback':
      return replyHeading('pass', 'ROLLED BACK', `${lane} serves ${version} again`);
    case 'adopt':
      return replyHeading('pass', 'ADOPTED', `${lane} is in the ledger with ${version}`);
    case 'repair':
      return replyHeading('pass', 'REPAIRED', `${lane} points at ${version} again`);
    case 'verify':
      return healthy === ''
        ? replyHeading('pass', 'SERVES WELL', `${lane} serves ${version}; its soak goes on`)
        : replyHeading('pass', 'HEALTHY', `${lane} serves ${version}${healthy}`);
    default:
      return command satisfies never;
  }
}

function plannedText({ command }: LaneResult, lane: string, version: string): string {
  if (command === 'rollback') return `${lane} would be rolled back to ${version}`;
  return command === 'adopt'
    ? `${version} would be adopted in ${lane}`
    : `${version} would be promoted to ${lane}`;
}

function counted({ reasons = [] }: LaneResult): string {
  if (reasons.length === 0) return '';
  return reasons.length === 1 ? ', for one reason' : `, for ${reasons.length} reasons`;
}

function notProved({ command, reasons = [] }: LaneResult, lane: string, version: string): Block {
  if (command === 'verify') {
    const what =
      reasons.length > 0 ? 'nobody can say what it serves' : `nothing proves that ${version} serves well`;
    return replyHeading('error', 'NOT PROVED', `${lane}: ${what}`);
  }
  return replyHeading('error', 'MOVED, NOT PROVED', `the tag of ${lane} points at ${version}`);
}

function failedHeadline({ automatic }: LaneResult, lane: string, version: string): Block {
  if (automatic === undefined)
    return replyHeading('fail', 'FAILED', `${lane}: ${version} does not serve well`);
  const { failed, restored } = automatic;
  return restored === undefined
    ? replyHeading(
        'fail',
        'FAILED',
        `${lane}: ${failed.version} does not serve well, and nothing was restored`,
      )
    : replyHeading(
        'fail',
        'FAILED, ROLLED BACK',
        `${lane} serves ${restored.version} again, not ${failed.version}`,
      );
}
