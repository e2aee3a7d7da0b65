import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { groupState, stopGroup } from '../../src/adapters/deploy/process-group.ts';
import { identityOf } from '../../src/adapters/process/process-identity.ts';

const HANG = 'setInterval(() => {}, 1000);';

/** A group of its own; resolves when its leader has said a line. */
async function startGroup(script: string) {
  const leader = spawn(process.execPath, ['-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = leader.pid as number;
  onTestFinished(() => void stopGroup(pid, 0));
  const identity = identityOf(pid);
  const ended = once(leader, 'exit');
  await once(createInterface({ input: leader.stdout }), 'line');
  return { pid, identity, ended };
}

describe.runIf(process.platform === 'linux')('a process group that was noted', () => {
  it('runs until its last member has ended', async () => {
    const { pid, identity } = await startGroup(`console.log("up"); ${HANG}`);
    expect(groupState({ pid, identity })).toBe('running');
    expect(await stopGroup(pid, 5000)).toBe(true);
    expect(groupState({ pid, identity })).toBe('gone');
  });

  it('still runs when only its leader has ended', async () => {
    const member = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(HANG)}], { stdio: "ignore" }).unref()`;
    const { pid, identity, ended } = await startGroup(`${member}; console.log("up")`);
    await ended;
    expect(groupState({ pid, identity })).toBe('running');
    expect(await stopGroup(pid, 5000)).toBe(true);
  });

  it('is stopped though it ignores SIGTERM', async () => {
    const { pid } = await startGroup(`process.on("SIGTERM", () => {}); console.log("up"); ${HANG}`);
    expect(await stopGroup(pid, 100)).toBe(true);
  });

  it('is not taken for another one that has its number', async () => {
    const { pid, identity = '' } = await startGroup(`console.log("up"); ${HANG}`);
    const [boot = '', space = '', ticks = ''] = identity.split('/');
    const states = [
      `${boot}/${space}/${ticks}0`,
      `x${boot}/${space}/${ticks}`,
      `${boot}/1/${ticks}`,
      undefined,
    ];
    expect(states.map((other) => groupState({ pid, identity: other }))).toEqual([
      'gone',
      'gone',
      'unknown',
      'unknown',
    ]);
  });
});
