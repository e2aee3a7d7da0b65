import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/app/release/verify-ledger.ts';
import { loadView } from '../../src/app/release/load-lane.ts';
import { currentTenure } from '../../src/ledger/state.ts';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';

/** More requests than any command makes. */
const MOST_REQUESTS = 60;
const AT_ONCE = 6;

/** When the runner dies: before a request does anything, or after it did and before its answer comes. */
type Moment = { request: number; when: 'before' | 'after' };

interface Case {
  /** The comment whose run is killed, and what the tag points at in the end. */
  command: string;
  becomes: string;
}

/** How a killed run and its second attempt ended. */
interface Round {
  /** The request at which it was killed; `undefined` where it came to its end before. */
  killedAt: string | undefined;
  /** Whether that request changed something, so that both moments differ. */
  isWrite: boolean;
}

/** bank/production serves 1.8.0, 1.7.0 was proved good there, and 1.9.0 serves well in staging. */
async function openScene(): Promise<BotScene> {
  const scene = await openBotScene();
  for (const version of ['1.7.0', '1.8.0', '1.9.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
    if (version !== '1.9.0') await scene.promoted(PRODUCTION, version);
  }
  return scene;
}

/** Kills the process at a request of its own to GitHub or to the registry; gives what it was. */
function killer(scene: BotScene, { request: nth, when }: Moment) {
  const state = {
    child: undefined as ChildProcess | undefined,
    count: 0,
    at: undefined as string | undefined,
    isWrite: false,
  };
  const isNow = (method: string, path: string, isWrite: boolean): boolean => {
    if (state.child === undefined || state.at !== undefined || ++state.count !== nth) return false;
    Object.assign(state, { at: `${method} ${path}`, isWrite });
    state.child.kill('SIGKILL');
    return true;
  };
  scene.github.fault(({ method, path, graphql }) => {
    const isWrite = graphql === undefined ? method !== 'GET' : /^\s*mutation/.test(graphql.query);
    if (!isNow(method, graphql?.operationName ?? path, isWrite)) return undefined;
    return when === 'before' ? 'reset' : 'lost-reply';
  });
  scene.registry.quirk = ({ method, path }, response) => {
    if (!isNow(method, path, method === 'PUT' || method === 'POST') || when === 'after') return false;
    response.destroy();
    return true;
  };
  return state;
}

async function round({ command, becomes }: Case, moment: Moment): Promise<Round> {
  const scene = await openScene();
  try {
    const state = killer(scene, moment);
    const killed = await scene.says('ana', command, { started: (child) => (state.child = child) });
    const { at: killedAt, isWrite } = state;
    state.child = undefined;
    const payload = scene.github.event(killed.comment);
    if (killedAt !== undefined) {
      scene.github.rerun(killed.run.id).start();
      const again = await scene.run({ payload, run: { id: killed.run.id, attempt: 2 } });
      expect([killedAt, again.outputs['outcome'], again.code], again.log).toEqual([
        killedAt,
        expect.stringMatching(/^(?:done|nothing)$/),
        0,
      ]);
    }
    const { state: lane } = await loadView(scene.ports.ledger, PRODUCTION);
    expect([killedAt, scene.tag('prod')]).toEqual([killedAt, becomes]);
    expect([killedAt, currentTenure(lane)?.release.version, lane.open]).toEqual([
      killedAt,
      becomes,
      undefined,
    ]);
    expect([killedAt, (await verifyLedger(scene.ports.ledger, undefined)).problems]).toEqual([killedAt, []]);
    expect([killedAt, scene.replies(killed.thread).length]).toEqual([killedAt, 1]);
    expect(scene.github.problems).toEqual([]);
    return { killedAt, isWrite };
  } finally {
    await scene.close();
  }
}

/** Kills at every request, some rounds at a time, until a run comes to its end before its number; the requests, in order. */
async function killEverywhere(given: Case): Promise<string[]> {
  const seen: string[] = [];
  for (let first = 1; first <= MOST_REQUESTS; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, i) => first + i);
    const rounds = await Promise.all(
      numbers.map(async (request) => {
        const before = await round(given, { request, when: 'before' });
        if (before.isWrite) await round(given, { request, when: 'after' });
        return before;
      }),
    );
    seen.push(...rounds.flatMap(({ killedAt }) => (killedAt === undefined ? [] : [killedAt])));
    if (rounds.some(({ killedAt }) => killedAt === undefined)) return seen;
  }
  throw new Error(`There were more than ${MOST_REQUESTS} requests.`);
}

describe('a runner that is killed at any request of a command, and the same run started again', () => {
  it.each<Case>([
    { command: '/rollback bank/production', becomes: '1.7.0' },
    { command: '/promote bank/production', becomes: '1.9.0' },
  ])('$command ends well, once', async (given) => {
    const requests = await killEverywhere(given);
    console.info(`${given.command} was killed at each of:\n  ${requests.join('\n  ')}`);
    for (const tag of ['prod-7', 'prod']) expect(requests).toContain(`PUT /v2/acme/bank/manifests/${tag}`);
  });
});
