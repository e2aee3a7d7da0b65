import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReleasePlace, type Ended, type ReleasePlace } from '../support/release-place.ts';

let place: ReleasePlace;

beforeAll(async () => {
  place = await makeReleasePlace();
});
afterAll(async () => {
  await place.close();
});

const PRODUCTION = 'small/production';

function expectEnd(ended: Ended, code: number, ...words: (string | RegExp)[]): void {
  const said = `${ended.stdout}\n${ended.stderr}`;
  expect(ended.code, said).toBe(code);
  const unbroken = said.replace(/\s+/g, ' ');
  for (const word of words) expect(unbroken).toMatch(word);
  expect(said).not.toMatch(/\n\s+at .+:\d+:\d+/);
}

/** Digits of the ledger's head, as the last line of a page gives them. */
function headIn({ stdout }: Ended): string {
  return /ledger\s+([0-9a-f]{40})/.exec(stdout)?.[1] ?? '';
}

describe('the way of releases on the command line', () => {
  it('says what is there before anything is', async () => {
    expectEnd(await place.run('status'), 0, /small\/production: no release yet/, /known-good-ledger/);
    expectEnd(await place.run('ledger', 'verify'), 0, /no ledger yet/);
  });

  it('packages, registers and promotes what was gated', async () => {
    expectEnd(await place.build('1.0.0'), 0, /1\.0\.0 .* is registered with 1 verdict \(gate: pass\)/);
    const early = await place.run('promote', PRODUCTION, '1.0.0');
    expectEnd(early, 1, /never in small\/staging/, /→ known-good promote small\/staging 1\.0\.0/);
    expectEnd(await place.run('promote', 'staging'), 0, /healthy/, /deployed 1\.0\.0/);
    const first = await place.run('promote', PRODUCTION);
    expectEnd(first, 0, /is promoted to small\/production/);
    // Nothing was proved good before it, so a rollback is not offered.
    expect(first.stdout).not.toContain('undo');
    expect(JSON.parse(place.read('served.json'))).toMatchObject({ version: '1.0.0' });
  });

  it('keeps a version to one digest', async () => {
    const packaged = await place.run('package', '--model', 'small', '--json');
    const { digest } = (JSON.parse(packaged.stdout) as { packaged: { digest: string } }).packaged;
    const again = ['register', '--model', 'small', '--version', '1.0.0', '--digest', digest];
    expectEnd(await place.run(...again), 0, /registered already/);
    place.write('artifact/README.md', 'Another one.\n');
    const other = await place.run('package', '--model', 'small', '--version', '1.0.0');
    expectEnd(other, 1, /a version names one digest for ever/, /version-taken/);
    const foreign = await place.run(...again, '--evidence', 'out/verdict.json', '--version', '9.9.9');
    expectEnd(foreign, 1, /digest-taken/);
  });

  it('moves a second release on, and tells its story', async () => {
    expectEnd(await place.build('1.1.0'), 0);
    expectEnd(await place.run('promote', 'staging', '1.1.0'), 0);
    expectEnd(await place.run('promote', PRODUCTION, '--dry-run'), 0, /Would promote 1\.1\.0/);
    expectEnd(await place.run('promote', PRODUCTION), 0, /undo +known-good rollback small\/production/);
    expectEnd(await place.run('verify', PRODUCTION), 0, /is healthy/);
    expectEnd(await place.run('history', PRODUCTION), 0, /1\.0\.0 → 1\.1\.0/, /replaced by #/, /Ana Example/);
    expectEnd(await place.run('why', PRODUCTION), 0, /serves 1\.1\.0/, /replaced\s+1\.0\.0/, /gate\s+pass/);
    expectEnd(await place.run('status', PRODUCTION), 0, /known good/, /way back\s+1\.0\.0/);
  });

  it('refuses a promotion into a locked lane, and nobody twice', async () => {
    expectEnd(await place.run('lock', PRODUCTION), 64, /asks for a reason/);
    expectEnd(await place.run('lock', PRODUCTION, '--reason', 'audit'), 0, /is locked: audit/);
    expectEnd(await place.run('lock', PRODUCTION, '--reason', 'x'), 1, /is locked already, by Ana Example/);
    const refused = await place.run('promote', PRODUCTION, '1.0.0');
    expectEnd(refused, 1, /\(locked\)/, /→ known-good unlock small\/production/);
    expectEnd(await place.run('promote', 'prodution'), 65, /Did you mean "production"/);
  });

  it('rolls back through the lock, quarantines, and releases', async () => {
    const back = await place.run('rollback', PRODUCTION, '--reason', 'wrong answers');
    expectEnd(back, 0, /is rolled back to 1\.0\.0/, /serves as expected/, /from command to healthy/);
    expect(JSON.parse(place.read('served.json'))).toMatchObject({ version: '1.0.0' });
    expectEnd(await place.run('unlock', PRODUCTION), 0, /is unlocked/);
    const again = await place.run('promote', PRODUCTION, '1.1.0');
    expectEnd(again, 1, /quarantined: Ana Example rolled production back/, /release small@1\.1\.0/);
    expectEnd(await place.run('release', '1.1.0', '--reason', 'feature store'), 0, /out of quarantine/);
    expectEnd(await place.run('release', '1.1.0', '--reason', 'again'), 1, /is not quarantined/);
    expectEnd(await place.run('promote', PRODUCTION, '1.1.0'), 0);
  });

  it('finds a tag that was moved by hand, and takes it over', async () => {
    const index = JSON.parse(place.read('registry/index.json')) as {
      manifests: { digest: string; annotations?: Record<string, string> }[];
    };
    const tagOf = (each: (typeof index.manifests)[number]) =>
      each.annotations?.['org.opencontainers.image.ref.name'];
    const [prod, other] = ['prod', 'prod-1'].map((tag) =>
      index.manifests.find((each) => tagOf(each) === tag),
    );
    if (prod === undefined || other === undefined) throw new Error('The layout lacks a tag.');
    prod.digest = other.digest;
    place.write('registry/index.json', JSON.stringify(index));
    expectEnd(
      await place.run('status', PRODUCTION),
      3,
      /DRIFT/,
      /→ known-good rollback/,
      /→ known-good adopt/,
    );
    expectEnd(await place.run('adopt', PRODUCTION), 64, /asks for a reason/);
    expectEnd(await place.run('adopt', PRODUCTION, '--reason', 'hotfix'), 0, /1\.0\.0 .* is adopted/);
  });

  it('rolls back with a broken config, and without one', async () => {
    const config = place.read('.github/known-good.yml');
    place.write('.github/known-good.yml', 'models: [\n');
    expectEnd(await place.run('promote', PRODUCTION), 65, /known-good\.yml/);
    const back = await place.run('rollback', PRODUCTION, '1.1.0');
    expectEnd(back, 0, /config is not usable/, /rolled back to 1\.1\.0/);
    expectEnd(await place.run('status'), 0, /small\/staging/, /small\/production/);
    place.write('.github/known-good.yml', config);
  });

  it('verifies the ledger, and finds what was cut off', async () => {
    const status = await place.run('why', PRODUCTION);
    const head = headIn(status);
    expectEnd(await place.run('ledger', 'verify', '--against', head), 0, /The ledger is whole/, head);
    expectEnd(await place.run('ledger', 'show', PRODUCTION, '1'), 0, /"kind": "intent"/);
    place.repository.git('update-ref', 'refs/heads/known-good-ledger', 'known-good-ledger~2');
    expectEnd(await place.run('ledger', 'verify'), 0);
    expectEnd(await place.run('ledger', 'verify', '--against', head), 1, /rewritten or truncated/);
    place.repository.git('update-ref', 'refs/heads/known-good-ledger', head);
  });
});

describe('a command on releases that cannot be meant', () => {
  it.each<[string[], RegExp]>([
    [['rolback', PRODUCTION], /no command "rolback"; .* Did you mean rollback\?/],
    [['rollback', PRODUCTION, '--resaon', 'x'], /Unknown option '--resaon'\. Did you mean --reason\?/],
    [['rollback'], /Something is missing\. Write: known-good rollback LANE/],
    [['rollback', 'small/prod'], /There is no lane small\/prod/],
    [['history', PRODUCTION, '--limit', '0'], /--limit takes a whole number from 1 on/],
    [['ledger', 'verify', '--against', 'abc'], /--against takes a head of the ledger/],
    [['ledger'], /Write: known-good ledger verify/],
    [['register', '--model', 'small'], /Say which version and which image/],
  ])('%j', async (args, expected) => {
    expectEnd(await place.run(...args), 64, expected);
  });
});
