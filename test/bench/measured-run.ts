import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How a process went: wall time, largest resident memory seen (Linux), exit code, standard output. */
export interface MeasuredRun {
  seconds: number;
  peakBytes: number | undefined;
  code: number | null;
  stdout: string;
}

/** Runs a Node script to its end, looking at its memory every 20 ms. Children of it are not counted. */
export function measuredRun(args: readonly string[], cwd: string): Promise<MeasuredRun> {
  return new Promise((done, failed) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    let [stdout, peakBytes] = ['', undefined as number | undefined];
    const poll = setInterval(() => (peakBytes = peakOf(child.pid) ?? peakBytes), 20);
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.on('error', failed);
    child.on('close', (code) => {
      clearInterval(poll);
      done({ seconds: Number(process.hrtime.bigint() - start) / 1e9, peakBytes, code, stdout });
    });
  });
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? undefined : Number(line[1]) * 1024;
  } catch {
    return undefined;
  }
}

/** The run in the middle by time, of an odd number of runs. */
export function medianRun(runs: readonly MeasuredRun[]): MeasuredRun {
  const sorted = runs.toSorted((a, b) => a.seconds - b.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('No run to take the median of.');
  return middle;
}
