import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { modelBytes } from '../support/onnx-fixtures.ts';
import { CLI, CLI_ENV, makeFolder } from '../support/run-cli.ts';
import { PLAIN, smallTable } from '../support/small-gate.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

describe.runIf(process.platform === 'linux')('a gate that is killed while its model loops for ever', () => {
  it('leaves no process and no folder behind', async () => {
    const cwd = makeFolder({ 'm.onnx': modelBytes('onnx/endless-loop'), 't.csv': smallTable() });
    const parent = spawn(process.execPath, [CLI, ...PLAIN], { cwd, env: CLI_ENV, stdio: 'ignore' });
    const pid = parent.pid ?? 0;
    const child = await vi.waitFor(() => busyChildOf(pid), PATIENCE);
    const homes = homesOf(pid);
    expect(homes.length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await vi.waitFor(() => expect([isRunning(child), homesOf(pid)]).toEqual([false, []]), PATIENCE);
    rmSync(cwd, { recursive: true });
  });
});

/** Half a second of computing is more than loading the model takes: the loop has begun. */
const BUSY_TICKS = 50;

/** The one child of a process, once it computes; throws before. */
function busyChildOf(pid: number): number {
  const [child = '', ...others] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  expect(others).toEqual([]);
  const fields = readFileSync(`/proc/${child}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  expect(Number(fields[11])).toBeGreaterThan(BUSY_TICKS);
  return Number(child);
}

function homesOf(pid: number): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`known-good-${pid}-`));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
