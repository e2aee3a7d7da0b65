import { formatLane, type Lane } from '../core/lane.ts';
import { nameRelease, shortDigest } from '../core/release.ts';
import type { OpenOperation } from '../ledger/state.ts';
import { governedReason } from './governed.ts';
import type { Reason } from './reason.ts';
import type { Recovery } from './recover.ts';

/** Why a lane in this state takes no promotion or adoption now; none where it is clean or can be brought there. */
export function stopReasons(lane: Lane, recovery: Recovery): Reason[] {
  switch (recovery.kind) {
    case 'busy':
      return [busy(lane, recovery.open)];
    case 'governed':
      return [governedReason(lane, recovery)];
    case 'unreadable':
      return [
        {
          code: 'tag-unreadable',
          message: `The tag cannot be read, and nothing is guessed: ${recovery.why}`,
        },
      ];
    case 'drift':
      return [recovery.expected === 'absent' ? notAdopted(lane, recovery.found) : drift(lane, recovery)];
    default:
      return [];
  }
}

function busy(lane: Lane, open: OpenOperation): Reason {
  const where = open.run === undefined ? '' : ` (${open.run})`;
  const what = `${open.actor} is at work on ${formatLane(lane)}: ${open.action} to ${nameRelease(open.release)}, since ${open.at}${where}.`;
  return {
    code: 'busy',
    message: `${what} Wait for it; a rollback does not have to.`,
    settle: `rollback ${formatLane(lane)}`,
  };
}

function drift(lane: Lane, { found, expected }: { found: string; expected: string }): Reason {
  const name = formatLane(lane);
  const seen = found === 'absent' ? 'the tag is gone' : `the tag points at ${shortDigest(found)}`;
  const message = `${name} has drifted: ${seen}, the ledger says ${shortDigest(expected)}. Somebody moved it by hand: roll back to what was proved, or adopt what is there.`;
  const settle =
    found === 'absent' ? `rollback ${name}` : `rollback ${name}   or   adopt ${name} --reason "…"`;
  return { code: 'drift', message, settle };
}

function notAdopted(lane: Lane, found: string): Reason {
  const name = formatLane(lane);
  return {
    code: 'not-adopted',
    message: `${name} was there before the ledger: its tag points at ${shortDigest(found)}, and no release is recorded. Take it over first, so that there is a way back.`,
    settle: `adopt ${name} --reason "in service since …"`,
  };
}
