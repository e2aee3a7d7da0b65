import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Resident memory of a process in bytes: now, and the largest so far where the platform keeps it. */
export interface ResidentMemory {
  now: number;
  peak: number;
}

const run = promisify(execFile);

/** How often it is worth asking, in milliseconds: a read of /proc is cheap, `ps` is a process of its own. */
export const POLL_MS = process.platform === 'linux' ? 50 : 250;

/** Asks the system for a process' resident memory; `undefined` when the process has gone or the platform does not tell. */
export async function residentMemory(pid: number): Promise<ResidentMemory | undefined> {
  if (process.platform === 'win32') return undefined;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<ResidentMemory | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const now = kibibytes(/^VmRSS:\s*(\d+) kB$/m.exec(status));
  const peak = kibibytes(/^VmHWM:\s*(\d+) kB$/m.exec(status));
  return now === undefined ? undefined : { now, peak: peak ?? now };
}

async function fromPs(pid: number): Promise<ResidentMemory | undefined> {
  const printed = await run('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const now = kibibytes(/^\s*(\d+)\s*$/.exec(printed.stdout));
  return now === undefined ? undefined : { now, peak: now };
}

function kibibytes(match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : Number(match[1]) * 1_024;
}
