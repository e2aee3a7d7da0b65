import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identityOf, isSamePlace } from '../../../../src/adapters/process/process-identity.ts';
import { processOwners } from '../../../../src/adapters/process/process-owners.ts';
import type { Owner } from '../../../../src/core/owner.ts';
import { ownerSchema } from '../../../../src/core/owner.ts';

type ProcessOwner = Owner & { kind: 'process' };

const onLinux = process.platform === 'linux';
const self = () => processOwners().self() as ProcessOwner;

async function startChild() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return { child, pid: child.pid as number };
}

describe('processOwners', () => {
  it('knows itself', async () => {
    const owners = processOwners();
    expect(ownerSchema.parse(owners.self())).toEqual(owners.self());
    expect(owners.self()).toMatchObject({ kind: 'process', pid: process.pid });
    expect(await owners.liveness(owners.self())).toBe(onLinux ? 'alive' : 'unknown');
  });

  it.runIf(onLinux)('tells another process alive, and dead once it has ended', async () => {
    const { child, pid } = await startChild();
    const other = processOwners({ pid }).self();
    expect(await processOwners().liveness(other)).toBe('alive');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await processOwners().liveness(other)).toBe('dead');
  });

  it.runIf(onLinux)('does not take a process that got the same pid for the owner', async () => {
    const { pid } = await startChild();
    const earlier = self();
    expect(await processOwners().liveness({ ...earlier, pid })).toBe('dead');
  });

  it.runIf(onLinux).each<[string, Partial<ProcessOwner>]>([
    ['another machine', { host: 'elsewhere' }],
    ['another boot', { startedAt: self().startedAt.replace(/^./, (c) => (c === '0' ? '1' : '0')) }],
    ['another container', { startedAt: self().startedAt.replace(/\/\d+\//, '/1/') }],
    ['another container whose pid is not here', { pid: 4_194_305, startedAt: 'boot/1/2' }],
    ['a system without /proc', { startedAt: '' }],
    ['a foreign record', { startedAt: '2026-11-20T12:00:00Z' }],
  ])('knows nothing of a process of %s', async (_, change) => {
    expect(await processOwners().liveness({ ...self(), ...change })).toBe('unknown');
  });

  it.each([0, -1])('takes no group for a process: pid %d', async (pid) => {
    expect(await processOwners().liveness({ ...self(), pid })).toBe('dead');
  });

  it('knows nothing of runs', async () => {
    const run: Owner = { kind: 'run', repository: 'acme/bank', run: '1', attempt: 1 };
    expect(await processOwners().liveness(run)).toBe('unknown');
  });
});

describe('identityOf', () => {
  it('is of nobody for a pid that nobody has', () => expect(identityOf(4_194_305)).toBeUndefined());

  it.each([
    ['a/1/2', 'a/1/3', true],
    ['a/1/2', 'a/2/2', false],
    ['a/1/2', 'b/1/2', false],
    ['', '', false],
    ['ended', 'ended', false],
  ])('%s and %s in one place: %s', (one, other, same) => expect(isSamePlace(one, other)).toBe(same));
});
