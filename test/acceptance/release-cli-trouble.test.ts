import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReleasePlace, type Ended, type ReleasePlace } from '../support/release-place.ts';

const PRODUCTION = 'small/production';
const TOKEN = 'tok-5f2b-open-sesame';

/** Fails with a token on both outputs while a file `fail` is there. */
const DEPLOY = `import { existsSync, writeFileSync } from 'node:fs';
const { KG_VERSION: version, KG_DIGEST: digest } = process.env;
if (existsSync('fail')) {
  console.log('using ${TOKEN}');
  console.error('denied for ${TOKEN}');
  process.exit(1);
}
writeFileSync('served.json', JSON.stringify({ version, digest }));
`;

let place: ReleasePlace;

beforeAll(async () => {
  place = await makeReleasePlace();
  place.write('deploy.mjs', DEPLOY);
  const config = place.read('.github/known-good.yml');
  const rolling = config.replace('    after: staging\n', '    on_failure: rollback\n');
  place.write('.github/known-good.yml', rolling.replace(/within: 5s/g, 'within: 1s'));
  for (const version of ['1.0.0', '1.1.0', '1.2.0']) expectEnd(await place.build(version), 0);
});
afterAll(() => place.close());

function expectEnd(ended: Ended, code: number, ...words: RegExp[]): string {
  const said = `${ended.stdout}\n${ended.stderr}`.replace(/\s+/g, ' ');
  expect(ended.code, said).toBe(code);
  for (const word of words) expect(said).toMatch(word);
  return said;
}

const served = () => (JSON.parse(place.read('served.json')) as { version: string }).version;

/** Every file that the ledger's branch ever had, with the messages of its commits. */
const everything = () => place.repository.git('log', '-p', '--text', 'known-good-ledger');

describe('a tag that an environment has', () => {
  it('is refused for a package before anything is there, and pushes nothing', async () => {
    const refused = await place.run('package', '--model', 'small', '--tag', 'prod');
    expectEnd(refused, 65, /tag prod is that of small\/production, .* Nothing was pushed/);
    const index = JSON.parse(place.read('registry/index.json')) as { manifests: unknown[] };
    expect(JSON.stringify(index.manifests)).not.toMatch(/"prod"/);
    expectEnd(await place.run('package', '--model', 'small', '--tag', 'other'), 0);
  });
});

describe('what is only asked', () => {
  it('says what a lock would do, and locks nothing', async () => {
    const asked = await place.run('lock', PRODUCTION, '--reason', 'audit', '--dry-run');
    const said = expectEnd(asked, 0, /Would lock small\/production: audit\. Promotions would wait/);
    expect(said).not.toMatch(/is locked/);
    expectEnd(await place.run('promote', PRODUCTION, '1.0.0'), 0);
    expectEnd(await place.run('lock', PRODUCTION, '--reason', 'audit'), 0);
    const unlock = await place.run('unlock', PRODUCTION, '--dry-run');
    expectEnd(unlock, 0, /Would unlock small\/production, which Ana Example locked at .*: audit/);
    expectEnd(await place.run('unlock', PRODUCTION), 0, /is unlocked/);
  });

  it('refuses --unproved without the release that it is about', async () => {
    const refused = await place.run('rollback', PRODUCTION, '--unproved', '--reason', 'x');
    expectEnd(
      refused,
      64,
      /--unproved needs the RELEASE .* known-good rollback small\/production RELEASE --unproved/,
    );
  });

  it('verifies the ledger without a word where nothing is wrong', async () => {
    expect(await place.run('ledger', 'verify', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    const gone = 'a'.repeat(40);
    const { code, stdout } = await place.run('ledger', 'verify', '--quiet', '--against', gone);
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^head: The head .* does not contain "a+".*\(rewritten\)\n$/),
    ]);
    const typed = await place.run('ledger', 'verify', '--against', 'HEAD');
    expectEnd(typed, 64, /all 40 digits, and saw "HEAD"\. Commands print it at their end, behind "ledger"/);
  });
});

describe('a deployment that fails', () => {
  it('leaves none of its output in the ledger, and shows it to whoever ran it', async () => {
    expectEnd(await place.run('status', PRODUCTION), 0, /1\.0\.0 .*known good/);
    place.write('fail', '');
    const failed = await place.run('promote', PRODUCTION, '1.1.0');
    rmSync(join(place.cwd, 'fail'));
    expectEnd(failed, 1, /deploy command "node" exited with 1; what it printed is on the terminal/);
    expect(failed.stderr).toContain(`denied for ${TOKEN}`);
    expect(failed.stderr).toContain(`using ${TOKEN}`);
    expect(failed.stdout).not.toContain(TOKEN);
    expect(everything()).toContain('exited with 1');
    expect(everything()).not.toContain('open-sesame');
  });

  it('is shown with --quiet too', async () => {
    expectEnd(await place.run('release', '1.1.0', '--reason', 'no fault of its own'), 0);
    place.write('fail', '');
    const failed = await place.run('promote', PRODUCTION, '1.1.0', '--quiet');
    rmSync(join(place.cwd, 'fail'));
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(`denied for ${TOKEN}`);
  });
});

describe('on_failure: rollback', () => {
  it('goes back when what was promoted does not serve what it should', async () => {
    expectEnd(await place.run('rollback', PRODUCTION, '1.0.0'), 0);
    expectEnd(await place.run('verify', PRODUCTION), 0, /1\.0\.0 .*healthy/);
    // It says that it deployed, and serves what was there before.
    place.write(
      'deploy.mjs',
      DEPLOY.replace("writeFileSync('served.json'", "if (version !== '1.2.0') writeFileSync('served.json'"),
    );
    const failed = await place.run('promote', PRODUCTION, '1.2.0');
    place.write('deploy.mjs', DEPLOY);
    expectEnd(failed, 1, /1\.2\.0/, /rolled back to 1\.0\.0/);
    expect(served()).toBe('1.0.0');
    expectEnd(await place.run('status', PRODUCTION), 0, /1\.0\.0/, /quarantine\s+1\.2\.0/);
  });
});

describe('a rollback where nothing can be noted on this machine', () => {
  it('deploys all the same, and says so', async () => {
    expectEnd(await place.run('release', '1.1.0', '--reason', 'as before'), 0);
    expectEnd(await place.run('promote', PRODUCTION, '1.1.0'), 0);
    expect(served()).toBe('1.1.0');
    const notes = join(place.cwd, '.git/known-good');
    expect(existsSync(notes)).toBe(true);
    renameSync(notes, `${notes}-aside`);
    place.write('.git/known-good', 'a file in the way');
    const back = await place.run('rollback', PRODUCTION, '--quiet');
    expectEnd(back, 0, /goes on without being noted: .* cannot be written to \((?:ENOTDIR|EEXIST)\)/);
    expect(served()).toBe('1.0.0');
    rmSync(notes);
    renameSync(`${notes}-aside`, notes);
  });
});

describe('status', () => {
  it('ends with 1 while what should serve could not be deployed', async () => {
    const config = place.read('.github/known-good.yml');
    place.write('.github/known-good.yml', config.replace('on_failure: rollback', 'on_failure: hold'));
    expectEnd(await place.run('release', '1.1.0', '--reason', 'again'), 0);
    place.write('fail', '');
    expectEnd(await place.run('promote', PRODUCTION, '1.1.0'), 3, /not in the ledger/);
    rmSync(join(place.cwd, 'fail'));
    expectEnd(await place.run('status', PRODUCTION), 1, /does NOT serve well/);
    expectEnd(await place.run('rollback', PRODUCTION), 0);
    expectEnd(await place.run('status', PRODUCTION), 0);
  });
});

describe('a ledger that cannot be reached', () => {
  it('changes nothing, and says what to type', async () => {
    place.repository.git('remote', 'add', 'origin', join(place.cwd, 'nowhere.git'));
    const refused = await place.run('rollback', PRODUCTION);
    expectEnd(
      refused,
      3,
      /Nothing was changed\. git could not .*: .*\. When git ls-remote origin answers, type the same command again\./,
    );
    expectEnd(await place.run('status', PRODUCTION, '--ledger', 'local'), 0);
    place.repository.git('remote', 'remove', 'origin');
  });
});
