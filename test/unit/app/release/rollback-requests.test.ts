import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadView } from '../../../../src/app/release/load-lane.ts';
import { promote } from '../../../../src/app/release/promote.ts';
import type { ReleasePorts } from '../../../../src/app/release/release-ports.ts';
import { rollback } from '../../../../src/app/release/rollback.ts';
import type { LedgerStore } from '../../../../src/core/ledger-store.ts';
import { A, B, LANE, samplePolicy } from '../../../support/lane-story.ts';
import { startLoopbackRegistry, type LoopbackRegistry } from '../../../support/loopback-registry.ts';
import { openHttp } from '../../../support/open-http.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, rollbackAt } from '../../../support/release-orders.ts';
import { pushImage, singleImage } from '../../../support/sample-images.ts';

const ADA = { username: 'ada', password: 'correct horse' };
const IMAGES = { good: singleImage('good'), bad: singleImage('bad') };
const GOOD = { ...A, digest: IMAGES.good.manifest.digest };
const BAD = { ...B, digest: IMAGES.bad.manifest.digest };
const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };
let server: LoopbackRegistry;
let desk: ReleaseDesk;

beforeEach(async () => {
  server = await startLoopbackRegistry();
  desk = new ReleaseDesk();
  const { registry } = openHttp(server.host);
  for (const image of Object.values(IMAGES)) await pushImage(registry, image);
  const ports = { ...desk.ports(), registries: { open: () => registry } };
  for (const release of [GOOD, BAD]) {
    await promote(ports, { lane: LANE, policy: samplePolicy(), release, rules });
    desk.pass(3_600_000);
  }
  server.requests.length = 0;
});
afterEach(() => server.close());

/** Ports whose registry is over HTTP with a cold token, and that ask of the ledger is written down among its requests. */
function countingPorts(): { ports: ReleasePorts; asked(): string[] } {
  server.auth = { kind: 'bearer', ...ADA };
  const note = (path: string) =>
    server.requests.push({ method: 'LEDGER', path } as (typeof server.requests)[number]);
  const { ledger } = desk;
  const counting: LedgerStore = {
    ...ledger,
    read: (paths) => (note('read'), ledger.read(paths)),
    append: (commit) => (note(`append ${commit.message.split(': ')[1] ?? ''}`), ledger.append(commit)),
  };
  const { registry } = openHttp(server.host, ADA);
  const ports = { ...desk.ports('ana', counting), registries: { open: () => registry } };
  const asked = () =>
    server.requests.map(
      ({ method, path }) => `${method} ${path.replace(/^\/v2\/acme\/bank\//, '').replace(/\?.*/, '')}`,
    );
  return { ports, asked };
}

describe('the requests of a rollback', () => {
  it('are the fewest, with a lane that was read before and a cold token', async () => {
    const view = await loadView(desk.ledger, LANE);
    const { ports, asked } = countingPorts();
    expect(await rollback(ports, { lane: LANE, policy: undefined, view })).toMatchObject({ outcome: 'done' });
    const blobs = asked().filter((each) => each.startsWith('HEAD blobs'));
    const [head, get] = ['HEAD manifests/prod', `GET manifests/${GOOD.digest}`];
    const others = asked().filter((each) => !each.startsWith('HEAD blobs'));
    expect(blobs).toHaveLength(3);
    expect([...others.slice(0, 2), ...others.slice(2, 4).toSorted(), ...others.slice(4)]).toEqual([
      head,
      'GET /token',
      get,
      head,
      'LEDGER append intent',
      'PUT manifests/prod-9',
      'PUT manifests/prod',
      'GET manifests/prod',
      'LEDGER append moved',
      'LEDGER append deployed',
      'LEDGER append healthy',
    ]);
  });

  it('are one more without', async () => {
    const { ports, asked } = countingPorts();
    await rollback(ports, { lane: LANE, policy: undefined });
    expect(asked().filter((each) => each === 'LEDGER read')).toHaveLength(1);
  });

  it('ask again about the candidates where the tag is not where the ledger says', async () => {
    const { registry } = openHttp(server.host);
    await registry.putManifest('prod' as never, IMAGES.good.manifest, 5000);
    server.requests.length = 0;
    const { ports } = countingPorts();
    const result = await rollback(ports, { lane: LANE, policy: undefined });
    // Somebody pointed the tag at the good one by hand: that is what is left.
    expect(result).toMatchObject({ outcome: 'done', release: BAD, leaves: { digest: GOOD.digest } });
  });
});

describe('a deployment', () => {
  /** Somebody rolls back right after the tag was read back; the answer to the append of that comes so many milliseconds later. */
  async function takenOverBefore(ms: number): Promise<ReleaseDesk> {
    const at = await deskWith([A]);
    at.registry.has(B);
    const { ledger } = at.ports();
    const append: LedgerStore['append'] = async (commit) => {
      const written = await ledger.append(commit);
      if (commit.message.endsWith('moved') && at.state().open?.action === 'promote') {
        const { ms: then } = at;
        await rollbackAt(at);
        at.ms = then + ms;
      }
      return written;
    };
    const order = { lane: LANE, policy: samplePolicy(), release: B, rules };
    await promote(at.ports('ana', { ...ledger, append }), order);
    return at;
  }

  it('does not begin where the operation was taken over, and nobody looked for two seconds', async () => {
    expect((await takenOverBefore(2001)).log).not.toContain('deploy 2.0.0');
  });

  it('that begins within them is refused for its number', async () => {
    const at = await takenOverBefore(500);
    expect(at.log).toContain('deploy 2.0.0');
    expect(at.requests.map(({ version }) => version)).toEqual(['1.0.0']);
  });
});
