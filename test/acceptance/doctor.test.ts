import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGitHub, type GitHub } from '../support/github/start-github.ts';
import { makeReleasePlace, type ReleasePlace } from '../support/release-place.ts';
import { ROOT } from '../support/places.ts';
import { CLI } from '../support/run-cli.ts';

let place: ReleasePlace;
let github: GitHub;
const SHA = '0123456789abcdef0123456789abcdef01234567';

beforeAll(async () => {
  place = await makeReleasePlace();
  expect((await place.build('1.0.0')).code).toBe(0);
  expect((await place.run('promote', 'staging')).code).toBe(0);
  place.repository.git('remote', 'add', 'origin', 'https://github.com/acme/models.git');
  const workflows = {
    '.github/workflows/deploy.yml': readFileSync(join(ROOT, 'workflows/deploy.yml'), 'utf8'),
  };
  github = await startGitHub({ repository: 'acme/models', files: workflows });
});
afterAll(async () => {
  await github.close();
  await place.close();
});

interface Doctor {
  code: number | null;
  stdout: string;
  findings: { id: string; outcome: string; message: string; settle?: string }[];
}

function doctor(env: Record<string, string> = {}, args: string[] = []): Promise<Doctor> {
  return new Promise((done) => {
    const options = { cwd: place.cwd, env: { PATH: process.env['PATH'], ...env }, timeout: 60_000 };
    const all = ['doctor', '--ledger', 'local', '--json', ...args];
    const child = execFile(process.execPath, [CLI, ...all], options, (_, stdout, stderr) => {
      expect(stderr).toBe('');
      done({ code: child.exitCode, stdout, findings: JSON.parse(stdout).findings });
    });
  });
}

const byToken = (permissions: Parameters<GitHub['token']>[0]['permissions'] = { contents: 'write' }) => ({
  GITHUB_TOKEN: github.token({ login: 'github-actions[bot]', permissions }),
  GITHUB_API_URL: github.url,
});
const named = ({ findings }: Doctor, outcome: string) =>
  findings.filter((each) => each.outcome === outcome).map(({ id }) => id);

describe('known-good doctor', () => {
  it('names what is missing, what to do, and what it could not tell without a token', async () => {
    const run = await doctor();
    expect(run.code).toBe(1);
    expect(named(run, 'missing')).toEqual(['workflows']);
    expect(named(run, 'unknown')).toEqual(['token']);
    expect(run.findings.find(({ id }) => id === 'workflows')?.settle).toBe('Write them: known-good init');
  });

  it('is content after init, with a token and a protected ledger', async () => {
    const config = place.read('.github/known-good.yml');
    expect((await place.run('init', '--owner', `acme/known-good@${SHA}`, '--quiet')).code).toBe(0);
    expect(named(await doctor(byToken()), 'missing')).toEqual(['bot', 'ledger-rules']);
    github.push('main', { '.github/workflows/bot.yml': place.read('.github/workflows/bot.yml') });
    github.rules.set('known-good-ledger', [{ type: 'deletion' }, { type: 'non_fast_forward' }]);
    const run = await doctor(byToken());
    expect(run.findings.filter(({ outcome }) => outcome !== 'good')).toEqual([]);
    expect(run.code).toBe(0);
    expect(run.findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'origin is acme/models at github.com.',
        expect.stringMatching(
          /^small\/staging: oci-layout:\.\/registry:staging is sha256:[0-9a-f]{12}, and the ledger has its history\.$/,
        ),
        'small/production: oci-layout:./registry:prod is not there yet; the first promotion makes it.',
        'known-good-ledger is protected against force-pushes and deletion.',
      ]),
    );
    expect(place.read('.github/known-good.yml')).toBe(config);
    expect(github.problems).toEqual([]);
    expect(
      github.requests
        .map(({ method, path }) => `${method} ${path}`)
        .filter((each) => !/^GET |graphql/.test(each)),
    ).toEqual([]);
  });

  it('finds a ledger that can be rewritten, and a deploy workflow that is not on the default branch', async () => {
    github.rules.set('known-good-ledger', []);
    const config = place.read('.github/known-good.yml');
    place.write(
      '.github/known-good.yml',
      config.replace('{ command: [node, deploy.mjs] }', '{ workflow: roll-out.yml }'),
    );
    const run = await doctor(byToken());
    expect(named(run, 'missing')).toEqual(['ledger-rules', 'deploy-workflow']);
    place.write(
      '.github/known-good.yml',
      config.replace('{ command: [node, deploy.mjs] }', '{ workflow: deploy.yml }'),
    );
    expect(named(await doctor(byToken()), 'missing')).toEqual(['ledger-rules']);
    place.write('.github/known-good.yml', config);
  });

  it('tells a token that GitHub does not take', async () => {
    const run = await doctor({ GITHUB_TOKEN: 'ghp_wrong', GITHUB_API_URL: github.url });
    expect(named(run, 'missing')).toContain('token');
    expect(run.stdout).not.toContain('ghp_wrong');
  });

  it('sends no token to a host of origin that nobody named, and says what to set', async () => {
    place.repository.git('remote', 'set-url', 'origin', 'https://evil.example/a/b');
    for (const more of [{}, { GITHUB_API_URL: github.url }]) {
      const before = github.requests.length;
      const run = await doctor({ GITHUB_TOKEN: 'ghp_secret', ...more });
      expect(run.findings.find(({ id }) => id === 'token')).toEqual({
        id: 'token',
        outcome: 'unknown',
        message:
          'GitHub was not asked: origin is at evil.example, and no variable names that host, so the token was not sent there.',
        settle: expect.stringContaining('set GITHUB_SERVER_URL=https://evil.example;'),
      });
      expect(github.requests).toHaveLength(before);
    }
    const given = await doctor({ ...byToken(), GITHUB_REPOSITORY: 'acme/models' });
    expect(named(given, 'good')).toContain('token');
    place.repository.git('remote', 'set-url', 'origin', 'https://github.com/acme/models.git');
  });

  it('tells a broken config and a silent server', async () => {
    const config = place.read('.github/known-good.yml');
    place.write('.github/known-good.yml', config.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:9'));
    expect(named(await doctor(byToken()), 'unknown')).toContain('probes');
    place.write('.github/known-good.yml', 'version: 1\nmodel: {}\n');
    const broken = await doctor(byToken());
    expect(broken.findings.find(({ id }) => id === 'config')).toMatchObject({
      outcome: 'missing',
      message: expect.stringContaining('known-good.yml:2:1'),
    });
    place.write('.github/known-good.yml', config);
  });

  it('shows it to people, a line each', async () => {
    const run = await place.run('doctor', '--ledger', 'local');
    expect(run.stdout).toMatch(/^! Nothing is missing; 1 of \d+ could not be told\.\n/);
    expect(run.stdout).toContain('✔ .github/known-good.yml is valid.');
    const quiet = await place.run('doctor', '--ledger', 'local', '--quiet');
    expect([quiet.code, quiet.stdout]).toEqual([
      3,
      expect.stringMatching(/^! GitHub was not asked: .* → Set GITHUB_TOKEN .*\n$/),
    ]);
  });
});
