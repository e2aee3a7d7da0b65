import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { identityOf, isSamePlace } from '../process/process-identity.ts';

const LOOK_MS = 50;
const AFTER_KILL_MS = 2_000;

/** A process that leads a group, noted down so that a later process can stop it. `identity` is absent where the system tells none. */
export interface GroupLeader {
  pid: number;
  identity?: string | undefined;
}

/**
 * Whether the group that a note speaks of is still there. `unknown` where it cannot be told from another group that got its number:
 * without /proc, or when the leader has ended and left members behind that this boot did not see it start.
 */
export function groupState({ pid, identity }: GroupLeader): 'running' | 'gone' | 'unknown' {
  if (!hasMembers(pid)) return 'gone';
  const own = identityOf(process.pid);
  if (identity === undefined || own === undefined) return 'unknown';
  if (!isSamePlace(identity, own)) return bootOf(identity) === bootOf(own) ? 'unknown' : 'gone';
  const now = identityOf(pid);
  // Within one boot a pid is not given away while a group has that number: members without a leader are the leader's own.
  if (now === undefined || now === 'ended') return 'running';
  return now === identity ? 'running' : 'gone';
}

/** Ends a whole process group: SIGTERM, and SIGKILL to what is left after `graceMs`. Whether it is gone then. */
export async function stopGroup(pid: number, graceMs: number): Promise<boolean> {
  return endGroup(pid, 'SIGTERM', graceMs);
}

/** The same with another signal to begin with. */
export async function endGroup(pid: number, name: NodeJS.Signals, graceMs: number): Promise<boolean> {
  signal(pid, name);
  if (await isGoneWithin(pid, graceMs)) return true;
  signal(pid, 'SIGKILL');
  return isGoneWithin(pid, AFTER_KILL_MS);
}

async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const until = performance.now() + milliseconds;
  while (hasMembers(pid)) {
    if (performance.now() >= until) return false;
    await pause(LOOK_MS);
  }
  return true;
}

/** Zombies do not count: in a container nobody may ever collect them. */
function hasMembers(pid: number): boolean {
  return signal(pid, 0) && (livingMembers(pid) ?? true);
}

/** Whether a process of this group does more than wait to be collected; `undefined` without /proc. Source: proc(5), fields 3 and 5 of stat. */
function livingMembers(group: number): boolean | undefined {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.length === 0 ? undefined : pids.some((pid) => isLivingMember(pid, group));
  } catch {
    return undefined;
  }
}

function isLivingMember(pid: string, group: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , member] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(member) === group && state !== 'Z' && state !== 'X';
  } catch {
    // It ended meanwhile.
    return false;
  }
}

/** Signals a group; `false` when there is none. One that we may not signal is there. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function bootOf(identity: string): string {
  return identity.slice(0, identity.indexOf('/'));
}
