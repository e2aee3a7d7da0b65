/**
 * A process that carries commands on a lane out, one JSON order a line, as the command line does: answers each with a line. With `killAt`
 * it kills itself with SIGKILL at that moment: 1 = before the first effect, 2 = after it, 3 = before the second one, and so on.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findRelease } from '../../src/app/release/find-release.ts';
import { promote } from '../../src/app/release/promote.ts';
import type { ReleasePorts } from '../../src/app/release/release-ports.ts';
import { rollback } from '../../src/app/release/rollback.ts';
import { verifyLane } from '../../src/app/release/verify.ts';
import { exitCodeOfError, messageChain } from '../../src/core/errors.ts';
import { exitCodeOf, type LaneResult } from '../../src/promotion/lane-result.ts';
import {
  LANE,
  noteAcknowledged,
  openLane,
  watchEffects,
  type LaneFolder,
  type LaneVisitor,
} from './lane-ports.ts';

/** What a worker is asked for. */
export interface LaneOrder extends LaneVisitor {
  folder: LaneFolder;
  command: 'promote' | 'rollback' | 'verify';
  /** A version. */
  release?: string;
  killAt?: number;
  /** Milliseconds from that moment to the kill: the effect is under way then. */
  killDelayMs?: number;
}

/** What a worker answers. `code`: the exit code of the command line. */
export interface LaneAnswer {
  code: number;
  message: string;
  outcome?: LaneResult['outcome'];
  /** Version of the release that the result names. */
  version?: string;
  /** All moments passed. */
  moments: number;
  steps: string[];
}

const RULES = { gates: undefined, defaultRef: 'refs/heads/main' };

createInterface({ input: process.stdin }).on('line', (line) => {
  void answer(JSON.parse(line) as LaneOrder).then((said) =>
    process.stdout.write(`${JSON.stringify(said)}\n`),
  );
});

async function answer(order: LaneOrder): Promise<LaneAnswer> {
  const { root } = order.folder;
  let moments = 0;
  const steps: string[] = [];
  // Noted inside of what is watched: an append is acknowledged before the kill that comes right after it.
  const open = noteAcknowledged(await openLane(order.folder, order), root);
  const watched = watchEffects(open, (effect, moment) => {
    moments += 1;
    if (moments !== order.killAt) return;
    appendFileSync(join(root, 'killed'), `${moment} ${effect}\n`);
    const kill = () => void process.kill(process.pid, 'SIGKILL');
    if (order.killDelayMs === undefined) kill();
    else setTimeout(kill, order.killDelayMs);
  });
  const ports = {
    ...watched,
    progress: ({ message }: { message: string }) => void steps.push(message),
  };
  try {
    const result = await carryOut(ports, order);
    const { outcome, message, release } = result;
    const version = release === undefined ? {} : { version: release.version };
    return { code: exitCodeOf(result), outcome, message, ...version, moments, steps };
  } catch (error) {
    return { code: exitCodeOfError(error), message: messageChain(error).join(' '), moments, steps };
  }
}

async function carryOut(ports: ReleasePorts, order: LaneOrder): Promise<LaneResult> {
  const { policy } = order.folder;
  const release =
    order.release === undefined ? undefined : await findRelease(ports.ledger, LANE.model, order.release);
  switch (order.command) {
    case 'promote':
      return promote(ports, { lane: LANE, policy, release, rules: { ...RULES, actor: order.actor } });
    case 'rollback':
      return rollback(ports, { lane: LANE, policy: undefined, release });
    case 'verify':
      return verifyLane(ports, { lane: LANE, policy });
    default:
      return order.command satisfies never;
  }
}
