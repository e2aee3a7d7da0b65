import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoopbackRegistry, type LoopbackRegistry } from '../support/loopback-registry.ts';
import { makeReleasePlace, type Ended, type ReleasePlace } from '../support/release-place.ts';

let place: ReleasePlace;
let registry: LoopbackRegistry;

/** Two models whose images are in one repository of a registry, each with a tag of its own. */
beforeAll(async () => {
  registry = await startLoopbackRegistry();
  place = await makeReleasePlace();
  const image = `${registry.host}/acme/models`;
  place.write(
    '.github/known-good.yml',
    `version: 1
models:
  small: &small
    task: binary-classification
    artifact: artifact
    image: ${image}
    baseline: none
    contract: { features: [a, b, c] }
    data: { test: { path: t.csv, label: y, id: id } }
    gates: { metrics: { accuracy: { min: 0.01, compare: off } } }
  twin: *small
environments:
  production:
    tag: { small: prod-small, twin: prod-twin }
`,
  );
  for (const version of ['1.0.0', '1.1.0'])
    for (const model of ['small', 'twin'])
      expectEnd(await build(model, version), 0, /is registered with 1 verdict/);
});
afterAll(async () => {
  await place.close();
  await registry.close();
});

function expectEnd(ended: Ended, code: number, ...words: RegExp[]): void {
  const said = `${ended.stdout}\n${ended.stderr}`.replace(/\s+/g, ' ');
  expect(ended.code, said).toBe(code);
  for (const word of words) expect(said).toMatch(word);
}

async function build(model: string, version: string): Promise<Ended> {
  place.write('artifact/README.md', `${model} ${version}.\n`);
  const gated = await place.run('gate', '--model', model, '--out', 'out', '--quiet');
  if (gated.code !== 0) return gated;
  return place.run('package', '--model', model, '--version', version, '--evidence', 'out/verdict.json');
}

const tag = (name: string) => registry.tags.get(`acme/models:${name}`);

describe('two models in one image repository of an HTTP registry', () => {
  it('need to be named, as there are two', async () => {
    expectEnd(await place.run('promote', 'production'), 64, /small\/production/, /twin\/production/);
  });

  it('are promoted under tags of their own', async () => {
    expectEnd(await place.run('promote', 'small/production', '1.0.0'), 3, /1\.0\.0/);
    expect(tag('prod-small')).toBeDefined();
    expect(tag('prod-twin')).toBeUndefined();
    expectEnd(await place.run('promote', 'twin/production', '1.0.0'), 3);
    expect(tag('prod-twin')).not.toBe(tag('prod-small'));
  });

  it('do not take a release of each other', async () => {
    const digest = tag('prod-small') ?? '';
    expectEnd(await place.run('promote', 'twin/production', digest.slice(7, 19)), 65, /no release/i);
    const other = await place.run('package', '--model', 'small', '--tag', 'prod-twin');
    expectEnd(other, 65, /tag prod-twin is that of twin\/production/);
  });

  it('are rolled back, locked and quarantined by themselves', async () => {
    const before = { small: tag('prod-small'), twin: tag('prod-twin') };
    expectEnd(await place.run('lock', 'twin/production', '--reason', 'audit'), 0);
    expectEnd(await place.run('promote', 'small/production', '1.1.0'), 3);
    expectEnd(await place.run('promote', 'twin/production', '1.1.0'), 1, /\(locked\)/);
    const unproved = ['--unproved', '--reason', 'no probes'];
    expectEnd(await place.run('rollback', 'small/production', '1.0.0', ...unproved), 3, /1\.0\.0/);
    expect({ small: tag('prod-small'), twin: tag('prod-twin') }).toEqual(before);
    expectEnd(await place.run('unlock', 'twin/production'), 0);
    expectEnd(await place.run('promote', 'twin/production', '1.1.0'), 3);
    expectEnd(await place.run('status'), 0, /small\/production: 1\.0\.0/, /twin\/production: 1\.1\.0/);
    expectEnd(await place.run('ledger', 'verify'), 0, /in 2 lanes, 4 releases/);
  });

  it('are refused with a sentence where the registry says no', async () => {
    registry.quirk = (_, response) => {
      response.writeHead(403).end();
      return true;
    };
    const refused = await place.run('rollback', 'twin/production', '1.0.0', '--unproved', '--reason', 'x');
    expectEnd(refused, 1, /Nothing was changed/, /answered 403/, /Log in: docker login 127\.0\.0\.1/);
    expectEnd(await place.run('status', 'twin/production'), 3, /the tag cannot be read/);
    registry.quirk = undefined;
    expectEnd(await place.run('status', 'twin/production'), 0);
  });
});
