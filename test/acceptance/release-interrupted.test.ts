import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../src/adapters/process/process-identity.ts';
import { makeReleasePlace, type ReleasePlace } from '../support/release-place.ts';
import { startCli } from '../support/running-cli.ts';

const PRODUCTION = 'small/production';

/** Deploys, but for while a file `hang` is there: then it never ends, and says its pid. `stubborn` makes it ignore signals. */
const DEPLOY = `import { existsSync, writeFileSync } from 'node:fs';
const { KG_VERSION: version, KG_DIGEST: digest } = process.env;
if (existsSync('hang')) {
  if (existsSync('stubborn')) for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log('not now'));
  console.log('hanging as ' + process.pid);
  setInterval(() => {}, 1000);
} else writeFileSync('served.json', JSON.stringify({ version, digest }));
`;

let place: ReleasePlace;

beforeAll(async () => {
  place = await makeReleasePlace();
  place.write('deploy.mjs', DEPLOY);
  const config = place.read('.github/known-good.yml');
  place.write('.github/known-good.yml', config.replace('    after: staging\n', ''));
  for (const version of ['1.0.0', '1.1.0']) await place.build(version);
  await done('promote', PRODUCTION, '1.0.0');
});
afterAll(() => place.close());

async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await place.run(...args);
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

const unbroken = (text: string) => text.replace(/\s+/g, ' ');
const served = () => (JSON.parse(place.read('served.json')) as { version: string }).version;
const isGone = (pid: number) => [undefined, 'ended'].includes(identityOf(pid));

/** Starts a command whose deployment hangs; resolves when it does, with the deployment's pid. */
async function hanging(...args: string[]) {
  place.write('hang', '');
  const cli = startCli(place.cwd, ...args);
  const line = await cli.said(/hanging as \d+/);
  rmSync(join(place.cwd, 'hang'));
  return { cli, pid: Number(/\d+$/.exec(line)?.[0]) };
}

/** The one line of stderr that says what became of the command. */
function lastWord(stderr: string): string {
  const said = stderr.split('\n').filter((line) => line.startsWith('known-good: '));
  expect(said).toHaveLength(1);
  return said[0] ?? '';
}

describe.runIf(process.platform === 'linux')('a command that is interrupted while it deploys', () => {
  it.each([
    ['SIGINT', 130, '1.1.0'],
    ['SIGTERM', 143, '1.0.0'],
  ] as const)(
    'by %s says what is open, and the command that it names finishes it',
    async (signal, code, version) => {
      const before = served();
      const { cli, pid } = await hanging('promote', PRODUCTION, version);
      cli.signal(signal);
      const ended = await cli.ended;
      expect(ended.code).toBe(code);
      const open = `stopped by ${signal}\\. ${PRODUCTION}: promote to ${version} \\(sha256:\\w+\\) is open`;
      const how = 'the tag is moved, its deploy command was stopped\\. Nothing is lost';
      const todo = `To bring it to its end and look: known-good verify ${PRODUCTION}; .*: known-good status ${PRODUCTION}`;
      expect(lastWord(ended.stderr)).toMatch(new RegExp(`${open}: ${how}: .* ${todo}$`));
      expect(isGone(pid)).toBe(true);
      const status = await place.run('status', PRODUCTION);
      expect(status.code).toBe(3);
      expect(unbroken(status.stdout)).toMatch(/open promote to .* cut off/);
      expect(served()).toBe(before);
      await done('verify', PRODUCTION);
      expect(served()).toBe(version);
      expect(await done('status', PRODUCTION)).toMatch(/known good/);
    },
  );

  it('goes back no further when an interrupted rollback is typed again', async () => {
    await done('promote', PRODUCTION, '1.1.0');
    const { cli, pid } = await hanging('rollback', PRODUCTION);
    cli.signal('SIGINT');
    const ended = await cli.ended;
    expect(ended.code).toBe(130);
    expect(lastWord(ended.stderr)).toMatch(/rollback to 1\.0\.0 .* is open: .* deploy command was stopped/);
    expect(isGone(pid)).toBe(true);
    await done('rollback', PRODUCTION);
    expect(served()).toBe('1.0.0');
    expect(await done('status', PRODUCTION)).toMatch(/1\.0\.0 .*known good/);
    await done('release', '1.1.0', '--reason', 'it was no fault of the model');
  });

  it('ends at once at the second signal, though the deployment does not', async () => {
    place.write('stubborn', '');
    const { cli, pid } = await hanging('promote', PRODUCTION, '1.1.0');
    cli.signal('SIGINT');
    await cli.said(/not now/);
    cli.signal('SIGINT');
    expect(await cli.ended).toMatchObject({ code: 130 });
    expect(isGone(pid)).toBe(true);
    rmSync(join(place.cwd, 'stubborn'));
    await done('verify', PRODUCTION);
    expect(served()).toBe('1.1.0');
  });
});

describe.runIf(process.platform !== 'win32')('verify --watch that is interrupted', () => {
  it('says that the soak goes on counting, and it does', async () => {
    const config = place.read('.github/known-good.yml');
    place.write('.github/known-good.yml', config.replace('tag: prod', 'tag: prod\n    soak: 8h'));
    await done('promote', PRODUCTION, '1.0.0');
    const cli = startCli(place.cwd, 'verify', PRODUCTION, '--watch');
    await cli.said(/Looking again in \d+ s/);
    cli.signal('SIGINT');
    const ended = await cli.ended;
    expect(ended.code).toBe(130);
    expect(lastWord(ended.stderr)).toMatch(
      /small\/production is not looked at any more\. Nothing is lost: its soak goes on counting .* known-good verify small\/production --watch$/,
    );
    expect(await done('status', PRODUCTION)).toMatch(
      /soak\s+\d.* of 8h, \d of at least 3 looks; next look due/s,
    );
  });
});
