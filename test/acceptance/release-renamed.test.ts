import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReleasePlace, type Ended, type ReleasePlace } from '../support/release-place.ts';

let place: ReleasePlace;

beforeAll(async () => {
  place = await makeReleasePlace();
});
afterAll(async () => {
  await place.close();
});

const [OLD, NEW] = ['small/production', 'small/prod'];
const CONFIG = '.github/known-good.yml';

function expectEnd(ended: Ended, code: number, ...words: RegExp[]): void {
  const said = `${ended.stdout}\n${ended.stderr}`;
  expect(ended.code, said).toBe(code);
  const unbroken = said.replace(/\s+/g, ' ');
  for (const word of words) expect(unbroken).toMatch(word);
  expect(said).not.toMatch(/\n\s+at .+:\d+:\d+/);
}

const served = () => JSON.parse(place.read('served.json')) as { version: string };

describe('an environment that is renamed in the config', () => {
  it('has two releases proved under its old name', async () => {
    for (const version of ['1.0.0', '1.1.0']) {
      expectEnd(await place.build(version), 0);
      expectEnd(await place.run('promote', 'staging', version), 0);
      expectEnd(await place.run('promote', OLD, version), 0, /healthy/);
    }
    place.write(CONFIG, place.read(CONFIG).replace('production:', 'prod:'));
  });

  it('is told apart from a new one: the lane that has the tag, and what to type', async () => {
    const settle = /→ known-good adopt small\/prod --reason "renamed"/;
    expectEnd(await place.run('status', NEW), 0, /small\/production governs oci-layout/, settle);
    expectEnd(await place.run('promote', NEW, '1.0.0'), 1, /\(tag-of-other-lane\)/, settle);
    expectEnd(await place.run('verify', NEW), 3, /\(tag-of-other-lane\)/, settle);
    const back = await place.run('rollback', NEW);
    expectEnd(back, 1, /→ known-good rollback small\/production/, settle);
    expectEnd(await place.run('rollback', OLD, '--dry-run'), 0, /Would roll .* back to 1\.0\.0/);
  });

  it('carries on, with one command', async () => {
    const reason = ['--reason', 'production is called prod now'];
    expectEnd(await place.run('adopt', NEW, ...reason, '--dry-run'), 0, /Would let small\/prod carry on/);
    const adopted = await place.run('adopt', NEW, ...reason);
    expectEnd(adopted, 0, /carries on from small\/production, which is closed/, /1\.1\.0 .* serves on/);
    expectEnd(await place.run('status', NEW), 0, /known good/, /way back 1\.0\.0/);
    expectEnd(await place.run('why', NEW), 0, /serves 1\.1\.0/, /gate pass/);
    expectEnd(await place.run('history', NEW), 0, /inherit +from production/);
    expectEnd(await place.run('history', OLD), 0, /close +prod carries on/, /handed over/);
  });

  it('rolls back under its new name, to what was proved under the old one', async () => {
    const old = await place.run('rollback', OLD);
    expectEnd(old, 1, /was closed by Ana Example/, /→ known-good rollback small\/prod /);
    expectEnd(await place.run('status', OLD), 0, /closed/, /small\/prod carries on from it/);
    expectEnd(await place.run('rollback', NEW), 0, /is rolled back to 1\.0\.0/, /serves as expected/);
    expect(served().version).toBe('1.0.0');
  });

  it('leaves a ledger that checks', async () => {
    expectEnd(await place.run('ledger', 'verify'), 0, /whole/);
  });
});

describe('adopting what failed its gate', () => {
  it('is done, said, and no way back', async () => {
    const config = place.read(CONFIG);
    place.write(CONFIG, config.replace('min: 0.01', 'min: 1'));
    place.write('artifact/README.md', 'Version 1.2.0.\n');
    const gated = await place.run('gate', '--model', 'small', '--out', 'out', '--quiet');
    expect(gated.code).toBe(1);
    place.write(CONFIG, config);
    const packaged = await place.run('package', '--model', 'small', '--json');
    const { digest } = (JSON.parse(packaged.stdout) as { packaged: { digest: string } }).packaged;
    const named = ['--model', 'small', '--version', '1.2.0', '--digest', digest];
    expectEnd(await place.run('register', ...named, '--evidence', 'out/verdict.json'), 0, /gate: fail/);
    const index = JSON.parse(place.read('registry/index.json')) as {
      manifests: { digest: string; annotations?: Record<string, string> }[];
    };
    const tagged = (tag: string) =>
      index.manifests.find((each) => each.annotations?.['org.opencontainers.image.ref.name'] === tag);
    const prod = tagged('prod');
    const found = index.manifests.find((each) => each.digest === digest);
    if (prod === undefined || found === undefined) throw new Error('The layout lacks a tag.');
    Object.assign(prod, { ...found, annotations: prod.annotations });
    place.write('registry/index.json', JSON.stringify(index));
    const adopted = await place.run('adopt', NEW, '--reason', 'it is there');
    expectEnd(
      adopted,
      0,
      /1\.2\.0 .* is adopted/,
      /gate verdict is fail: .*; it will not count as known good/,
    );
    expect(adopted.stderr).not.toMatch(/read back/);
    expectEnd(await place.run('why', NEW), 0, /not known good its gate verdict is fail/);
  });
});
