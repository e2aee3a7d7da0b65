import { afterEach, describe, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';
import { sequentialDepth } from '../support/github/seen-request.ts';

const LOGIN = { username: 'release', password: 'let-me-in' };
const PUT_TAG = /\/manifests\/prod$/;

/** One request, to GitHub or to the registry. */
interface Asked {
  what: string;
  startedAt: number;
  endedAt: number | undefined;
}

/** So long every answer of GitHub takes: what is asked at the same time is seen to be. */
const LATENCY_MS = 40;

let scene: BotScene;

/** bank/production serves 1.8.0, and 1.7.0 was proved good there; the registry wants a token of its own. */
async function openScene(production: readonly string[]): Promise<void> {
  scene = await openBotScene({ production });
  scene.github.workflow('deploy.yml', { onDispatch: (run) => run.finish('success') });
  const sha = scene.github.head('main');
  for (const version of ['1.7.0', '1.8.0']) {
    await scene.release(version, { sha });
    await scene.promoted(STAGING, version);
    await scene.promoted(PRODUCTION, version);
  }
  scene.registry.auth = { kind: 'bearer', ...LOGIN };
  scene.github.fault(() => new Promise((done) => setTimeout(() => done(undefined), LATENCY_MS)));
}
afterEach(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

/** What a command asks of GitHub and the registry, in order, without looks at runs that are waited for and questions after single layers. */
async function requestsOf(command: string): Promise<Asked[]> {
  const before = [scene.github.requests.length, scene.registry.requests.length] as const;
  const inputs = {
    registry: scene.registry.host,
    'registry-username': LOGIN.username,
    'registry-password': LOGIN.password,
  };
  const run = await scene.says('ana', command, { inputs });
  expect(run.outputs['outcome'], run.log).toBe('done');
  const github = scene.github.requests.slice(before[0]).map(({ method, path, graphql, ...times }) => ({
    what: `${method} ${graphql?.operationName ?? path}`,
    ...times,
  }));
  const registry = scene.registry.requests.slice(before[1]).map(({ method, path, ...times }) => ({
    what: `${method} ${path}`,
    ...times,
  }));
  const all = [...github, ...registry].toSorted((a, b) => a.startedAt - b.startedAt);
  const dispatched = all.findIndex(({ what }) => what.endsWith('/dispatches'));
  const isPoll = (what: string, i: number) =>
    dispatched >= 0 && i > dispatched && /^GET .*\/runs(?:\/\d+)?$/.test(what);
  return all.filter(({ what }, i) => !/HEAD .*\/blobs\//.test(what) && !isPoll(what, i));
}

/** Those before the tag is written, without comments and reactions, which nothing waits for. */
function beforeMove(requests: readonly Asked[]): Asked[] {
  const put = requests.find(({ what }) => what.startsWith('PUT') && PUT_TAG.test(what));
  expect(put).toBeDefined();
  return requests.filter(
    ({ what, startedAt }) => startedAt < (put?.startedAt ?? 0) && !/\/comments|\/reactions/.test(what),
  );
}

describe('requests of a rollback by comment', () => {
  it.each([
    ['/rollback bank/production', [], 18],
    ['/rollback production', [], 18],
    // A deployment that is started and followed asks three times more: for older runs, for a new one, and to note how it ended.
    ['/rollback production', ['    deploy: { workflow: deploy.yml }'], 21],
  ])('%s %j: at most 8 in a row before the tag moves, %i in all', async (command, production, most) => {
    await openScene(production);
    const requests = await requestsOf(command);
    const list = requests.map(({ what }) => what).join('\n');
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(sequentialDepth(beforeMove(requests)), list).toBeLessThanOrEqual(8);
    expect(requests.length, list).toBeLessThanOrEqual(most);
  });
});
