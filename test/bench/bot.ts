import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';

const TIMES = 5;
/** Comes after everything that was released before. */
const VERSIONS = ['1.0.0', '1.1.0'];

/** What the release bot costs, in milliseconds where nothing else is said. */
export interface BotCost {
  bundleBytes: number;
  /** A comment that is no command, as a whole process. */
  idle: number;
  /** From the start of the process to the tag read back, and to its end. */
  rollback: { moved: number; whole: number };
  /** Of one rollback, to GitHub and to the registry. */
  requests: { github: number; registry: number };
}

/** Runs dist/bot.js against a GitHub and a registry on loopback: everything but the way to them. */
export async function measureBot(dist: string): Promise<BotCost> {
  const idle: number[] = [];
  const moved: number[] = [];
  const whole: number[] = [];
  let requests = { github: 0, registry: 0 };
  for (let i = 0; i < TIMES; i++) {
    const scene = await openBotScene();
    try {
      await served(scene);
      idle.push((await timed(() => scene.says('ana', 'Looks good to me.'))).ms);
      const before = { github: scene.github.requests.length, registry: scene.registry.requests.length };
      const startedAt = performance.now();
      let movedAt = startedAt;
      scene.registry.quirk = ({ method, path }) => {
        if (method === 'GET' && path.endsWith('/manifests/prod')) movedAt = performance.now();
        return false;
      };
      const run = await timed(() => scene.says('ana', '/rollback bank/production'));
      if (run.value.outputs['outcome'] !== 'done') throw new Error(run.value.log);
      moved.push(movedAt - startedAt);
      whole.push(run.ms);
      requests = {
        github: scene.github.requests.length - before.github,
        registry: scene.registry.requests.length - before.registry,
      };
    } finally {
      await scene.close();
    }
  }
  return {
    bundleBytes: statSync(join(dist, 'bot.js')).size,
    idle: median(idle),
    rollback: { moved: median(moved), whole: median(whole) },
    requests,
  };
}

async function served(scene: BotScene): Promise<void> {
  for (const version of VERSIONS) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
    await scene.promoted(PRODUCTION, version);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
