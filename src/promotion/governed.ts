import { formatLane, type Lane } from '../core/lane.ts';
import type { LaneState } from '../ledger/state.ts';
import type { Governor } from './facts.ts';
import type { Reason } from './reason.ts';

/** A lane that has nothing to say about its tag, and the one that has. */
export interface Governed {
  by: Governor;
  closed: LaneState['closed'];
}

/** Why a lane takes no command: its tag is another one's, or it was closed. With the command that settles it. */
export function governedReason(lane: Lane, { by, closed }: Governed): Reason {
  const [name, other] = [formatLane(lane), formatLane(by.lane)];
  const ended = closed === undefined ? '' : `${closedSentence(name, other, closed)} `;
  if (by.place === undefined) {
    return { code: 'lane-closed', message: ended.trimEnd(), settle: `status ${other}` };
  }
  const whose = `${other} governs ${by.place} in the ledger, and a tag has one lane.`;
  if (by.lane.model !== lane.model) {
    const message = `${ended}${whose} A model keeps its name in the ledger: call it ${by.lane.model} again, or give ${name} a tag or an image of its own.`;
    return { code: 'tag-of-other-lane', message };
  }
  const message = `${ended}${whose} If ${other} is called ${name} now, let ${name} carry on from it, known good releases and all; else give ${name} a tag of its own.`;
  return { code: 'tag-of-other-lane', message, settle: adoptRenamed(name) };
}

/** The same for a rollback, which the other lane takes at once. */
export function rollbackElsewhere(lane: Lane, governed: Governed): Reason {
  const reason = governedReason(lane, governed);
  const there = `rollback ${formatLane(governed.by.lane)}`;
  const isOver = reason.settle === undefined || reason.code === 'lane-closed';
  return { ...reason, settle: isOver ? there : `${there}   or   ${reason.settle}` };
}

/** Who closed a lane, when, and which one follows it. */
export function closedSentence(
  name: string,
  successor: string,
  { actor, at, reason }: NonNullable<LaneState['closed']>,
): string {
  return `${name} was closed by ${actor} at ${at} (${reason}): ${successor} carries on from it.`;
}

function adoptRenamed(name: string): string {
  return `adopt ${name} --reason "renamed"`;
}
