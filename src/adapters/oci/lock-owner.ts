import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Who holds a lock: `token` is of this one holding; `started` tells apart processes that got the same pid (Linux). */
export interface LockOwner {
  token: string;
  pid: number;
  host: string;
  started: string | undefined;
}

/** This process as an owner. */
export async function thisOwner(token: string): Promise<LockOwner> {
  return { token, pid: process.pid, host: hostname(), started: await startOf(process.pid) };
}

/** Reads what `formatOwner` wrote; `undefined` for anything else. */
export function parseOwner(text: string): LockOwner | undefined {
  const [token = '', pid = '', host = '', started = ''] = text.split('\n');
  if (token === '' || !/^[1-9]\d{0,9}$/.test(pid)) return undefined;
  return { token, pid: Number(pid), host, started: started === '' ? undefined : started };
}

/** Four lines: token, pid, host, start of the process. */
export function formatOwner(owner: LockOwner): string {
  return `${owner.token}\n${owner.pid}\n${owner.host}\n${owner.started ?? ''}\n`;
}

/** Whether the owner's process is known to have ended; `undefined` when it ran on another machine. */
export async function hasEnded(owner: LockOwner): Promise<boolean | undefined> {
  if (owner.host !== hostname()) return undefined;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  const started = await startOf(owner.pid);
  return (
    started === 'ended' || (started !== undefined && owner.started !== undefined && started !== owner.started)
  );
}

/** When a process started, in clock ticks since boot; `ended` for a zombie; `undefined` where the system does not tell. Source: proc(5). */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the name in parentheses, and may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined) return undefined;
  return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19];
}
