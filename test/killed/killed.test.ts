import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/stats/random.ts';
import { bundleScript, type BundledScript } from '../support/bundle-script.ts';
import { isInstalled, startDockerRegistry } from '../support/docker-registry.ts';
import type { LaneFolder } from '../support/lane-ports.ts';
import {
  deploymentsIn,
  linesOf,
  openLaneSite,
  restOf,
  whenDeserted,
  type LaneHistory,
  type LaneSite,
} from '../support/lane-site.ts';
import type { LaneAnswer, LaneOrder } from '../support/lane-worker.ts';
import { startWriter, type Writer } from '../support/start-writer.ts';

/** More moments than any command has. */
const MOST_MOMENTS = 60;
const A_MINUTE = 60_000;

let script: BundledScript;
let site: LaneSite;

beforeAll(async () => {
  [script, site] = await Promise.all([bundleScript('lane-worker.ts'), openLaneSite()]);
});
afterAll(async () => {
  await Promise.all([script.remove(), site.close()]);
}, 60_000);

type Asked = Pick<LaneOrder, 'command' | 'release' | 'killAt' | 'killDelayMs'>;

/** Sends an order; `undefined` when the worker died over it. */
async function ask(worker: Writer, folder: LaneFolder, order: Asked & { minute: number }) {
  const { minute, ...asked } = order;
  const visitor = { actor: minute === 1 ? 'ana' : 'ben', aheadMs: minute * A_MINUTE, pace: 0.001 };
  const line = await worker.ask(JSON.stringify({ ...visitor, ...asked, folder } satisfies LaneOrder));
  return line === '(ended)' ? undefined : (JSON.parse(line) as LaneAnswer);
}

interface Round {
  /** The moment, in words. */
  killed: string;
  /** Whether the intent of the killed command was acknowledged. */
  begun: boolean;
  answer: LaneAnswer;
  /** Version that the lane has in the end. */
  current: string | undefined;
}

/** Kills the first command at every moment that it has, each time in a new folder, and then has the second one carried out. */
async function killEverywhere(
  make: () => Promise<LaneFolder> | LaneFolder,
  [first, then]: readonly [Asked, Asked],
  check: (round: Round) => void,
): Promise<string[]> {
  const other = startWriter(script.path, []);
  const moments: string[] = [];
  let next = startWriter(script.path, []);
  for (let killAt = 1; killAt <= MOST_MOMENTS; killAt++) {
    const [worker, folder] = [next, await make()];
    next = startWriter(script.path, []);
    const unkilled = await ask(worker, folder, { ...first, killAt, minute: 1 });
    if (unkilled !== undefined) {
      expect(unkilled, unkilled.message).toMatchObject({ code: 0, moments: killAt - 1 });
      await Promise.all([worker.kill(), next.kill(), other.kill()]);
      return moments;
    }
    const killed = linesOf(join(folder.root, 'killed')).join();
    const begun = linesOf(join(folder.root, 'acknowledged')).length > 0;
    const answer = await ask(other, folder, { ...then, minute: 2 });
    if (answer === undefined) throw new Error(`The command after ${killed} died.`);
    const current = await checkRest(folder, `killed ${killed}; then ${JSON.stringify(answer)}`);
    check({ killed, begun, answer, current });
    rmSync(folder.root, { recursive: true });
    moments.push(killed);
  }
  throw new Error('The command has no end.');
}

/** Nothing open, tag = ledger = servers, the ledger whole, nothing lost that was acknowledged; the version that the lane has. */
async function checkRest(folder: LaneFolder, where: string): Promise<string | undefined> {
  const { status, problems, heads } = await restOf(folder);
  const current = status.current?.release;
  expect(problems, where).toEqual([]);
  expect(status.tag, where).toMatchObject({ kind: 'ok', found: current?.digest });
  expect(status.open, where).toBeUndefined();
  expect(heads, where).toEqual(expect.arrayContaining(linesOf(join(folder.root, 'acknowledged'))));
  if (folder.policy.deploy.kind === 'none') return current?.version;
  const deployed = deploymentsIn(folder.root);
  const seqs = deployed.map(({ seq }) => seq);
  expect(deployed.at(-1)?.digest, where).toBe(current?.digest);
  expect(seqs, where).toEqual(seqs.toSorted((a, b) => a - b));
  return current?.version;
}

const HISTORY: LaneHistory = { versions: ['1.0', '1.1', '1.2'], promoted: ['1.0', '1.1'] };
const PROMOTE: Asked = { command: 'promote', release: '1.2' };
const ROLLBACK: Asked = { command: 'rollback' };
const VERIFY: Asked = { command: 'verify' };
const DEPLOYED: Partial<LaneHistory> = {};
const FOLLOWED: Partial<LaneHistory> = { policy: { deploy: { kind: 'none' } } };
const REMOTE: Partial<LaneHistory> = { remote: true };

function report(name: string, moments: readonly string[]): void {
  process.stdout.write(`${name}: killed at ${moments.length} moments\n`);
}

describe('a promotion that is killed at any moment needs one command', () => {
  it.each<[string, Partial<LaneHistory>, Asked]>([
    ['verify', DEPLOYED, VERIFY],
    ['the same promotion', DEPLOYED, PROMOTE],
    ['rollback', DEPLOYED, ROLLBACK],
    ['verify, where the runtime follows the tag', FOLLOWED, VERIFY],
    ['rollback, where the runtime follows the tag', FOLLOWED, ROLLBACK],
    ['the same promotion, with the ledger at a remote', REMOTE, PROMOTE],
  ])('%s', async (then, kind, command) => {
    const template = await site.make({ ...HISTORY, ...kind });
    const copy = () => site.copy(template);
    const moments = await killEverywhere(copy, [PROMOTE, command], ({ killed, begun, answer, current }) => {
      const where = `${killed}: ${answer.message}`;
      const expected = {
        verify: begun ? /^1\.[12]$/ : /^1\.1$/,
        promote: /^1\.2$/,
        rollback: begun ? /^1\.1$/ : /^1\.0$/,
      };
      expect(answer.code, where).toBe(0);
      expect(current, where).toMatch(expected[command.command]);
    });
    report(`promotion, then ${then}`, moments);
  });
});

describe('a rollback that is killed at any moment ends where it was going with one command', () => {
  it.each<[string, Partial<LaneHistory>, Asked]>([
    ['verify', DEPLOYED, VERIFY],
    ['rollback', DEPLOYED, ROLLBACK],
    ['rollback, where the runtime follows the tag', FOLLOWED, ROLLBACK],
    ['verify, with the ledger at a remote', REMOTE, VERIFY],
  ])('%s', async (then, kind, command) => {
    const template = await site.make({ ...HISTORY, ...kind, promoted: HISTORY.versions });
    const copy = () => site.copy(template);
    const moments = await killEverywhere(copy, [ROLLBACK, command], ({ killed, begun, answer, current }) => {
      const isUndone = !begun && command === VERIFY;
      expect(current, `${killed}: ${answer.message}`).toBe(isUndone ? '1.2' : '1.1');
      if (answer.code !== 0) expect(answer.message).toMatch(/was rolled back to 1\.1 .* by ana/);
    });
    report(`rollback, then ${then}`, moments);
  });
});

describe('a command whose repair is killed as well', () => {
  it('needs one command more', async () => {
    const random = seededRandom(29);
    const template = await site.make({ ...HISTORY, promoted: HISTORY.versions.slice(0, 2) });
    const last = startWriter(script.path, []);
    let kills = 0;
    for (let round = 0; round < 20; round++) {
      const folder = site.copy(template);
      const repair = [VERIFY, PROMOTE, ROLLBACK][round % 3] ?? VERIFY;
      const [first, second] = [startWriter(script.path, []), startWriter(script.path, [])];
      expect(
        await ask(first, folder, { ...PROMOTE, killAt: 2 + random.below(14), minute: 1 }),
      ).toBeUndefined();
      const unkilled = await ask(second, folder, { ...repair, killAt: 1 + random.below(16), minute: 2 });
      kills += unkilled === undefined ? 2 : 1;
      const answer = await ask(last, folder, { ...VERIFY, minute: 3 });
      const killed = linesOf(join(folder.root, 'killed')).join();
      const where = `round ${round}, killed ${killed} (${repair.command}); then ${JSON.stringify(answer)}`;
      expect(answer?.code, where).toBe(0);
      await checkRest(folder, where);
      await second.kill();
      rmSync(folder.root, { recursive: true });
    }
    process.stdout.write(`a promotion and its repair: ${kills} kills in 20 rounds\n`);
  });
});

describe('a command that is killed in the middle of an effect', () => {
  it.each<[string, Asked, readonly string[]]>([
    ['promotion', PROMOTE, ['1.0', '1.1']],
    ['rollback', ROLLBACK, HISTORY.versions],
  ])('needs one command more: %s', async (name, command, promoted) => {
    const random = seededRandom(31);
    const template = await site.make({ ...HISTORY, promoted });
    const other = startWriter(script.path, []);
    const killedAt: string[] = [];
    for (let round = 0; round < 20; round++) {
      const folder = site.copy(template);
      const worker = startWriter(script.path, []);
      const moment = { killAt: 1 + 2 * (round % 8), killDelayMs: random.below(round % 8 === 5 ? 6 : 14) };
      const unkilled = await ask(worker, folder, { ...command, ...moment, minute: 1 });
      const killed = linesOf(join(folder.root, 'killed')).join();
      if (unkilled === undefined) killedAt.push(killed);
      await whenDeserted(folder.root);
      const answer = await ask(other, folder, { ...VERIFY, minute: 2 });
      const where = `round ${round}, ${moment.killDelayMs} ms into ${killed}; then ${JSON.stringify(answer)}`;
      expect(answer?.code, where).toBe(0);
      await checkRest(folder, where);
      await worker.kill();
      rmSync(folder.root, { recursive: true });
    }
    process.stdout.write(`${name}: ${killedAt.length} kills in the middle of an effect\n`);
  });
});

const noRegistry = !isInstalled('docker-registry');
if (noRegistry) process.stdout.write('kills against docker-registry: skipped, it is not installed here\n');

describe.skipIf(noRegistry)('in docker-registry, one command is enough after a kill at any moment', () => {
  it.each<[string, readonly [Asked, Asked], readonly string[]]>([
    ['promotion, then the same promotion', [PROMOTE, PROMOTE], ['1.1']],
    ['rollback, then verify', [ROLLBACK, VERIFY], ['1.1', '1.2']],
  ])('%s', async (name, commands, promoted) => {
    const registry = await startDockerRegistry();
    let images = 0;
    const make = () => {
      const image = `${registry.host}/acme/bank-${++images}`;
      return site.make({ versions: ['1.1', '1.2'], promoted, policy: { image } });
    };
    try {
      const moments = await killEverywhere(make, commands, ({ killed, begun, answer, current }) => {
        expect(answer.code, `${killed}: ${answer.message}`).toBe(0);
        expect(current, killed).toBe(commands[1] === PROMOTE || !begun ? '1.2' : '1.1');
      });
      report(`in docker-registry: ${name}`, moments);
    } finally {
      await registry.close();
    }
  });
});
