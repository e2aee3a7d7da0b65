import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoopbackRegistry } from '../support/loopback-registry.ts';
import { ROOT } from '../support/places.ts';
import { runCli, makeFolder } from '../support/run-cli.ts';
import { smallTable, soundModel } from '../support/small-gate.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder with a model and its table, as somebody has it who never heard of us. */
function home(files: Record<string, string | Uint8Array> = {}): string {
  const folder = makeFolder({
    'models/churn/model.onnx': soundModel(),
    'data/test.csv': smallTable(),
    ...files,
  });
  folders.push(folder);
  return folder;
}

describe('known-good init', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = home();
    execFileSync('git', ['init', '-q', '-b', 'trunk'], { cwd });
    execFileSync('git', ['remote', 'add', 'origin', 'git@github.com:Acme/Models.git'], { cwd });
  });
  const config = () => readFileSync(join(cwd, '.github/known-good.yml'), 'utf8');

  it('says what it would write, and writes nothing', async () => {
    const run = await runCli(['init', '--dry-run'], { cwd });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^◇ Would write \d files\.\n/);
    expect(existsSync(join(cwd, '.github'))).toBe(false);
  });

  it('writes a config by which the model can be gated, and the workflows, and says what to do', async () => {
    const run = await runCli(['init', '--owner', `acme/known-good@${SHA}`], { cwd });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('churn is measured on data/test.csv, whose column y looks like the label.');
    expect(run.stdout).toMatch(/Now:\n +1\. Read \.github\/known-good\.yml/);
    expect(config()).toContain('image: ghcr.io/acme/models/churn');
    const workflows = readdirSync(join(cwd, '.github/workflows')).toSorted();
    const ours = readdirSync(join(ROOT, 'workflows')).filter((name) => name !== 'shadow-report.yml');
    expect(workflows).toEqual(ours.toSorted());
    for (const name of workflows) {
      const text = readFileSync(join(cwd, '.github/workflows', name), 'utf8');
      expect(text).not.toMatch(/OWNER|0{40}|\bbank\b/);
    }
    const gated = await runCli(['gate', '--quiet'], { cwd });
    expect(gated.stderr).toBe('');
    expect(gated.verdict?.model).toBe('churn');
  });

  it('keeps config and deployment whatever is said, and replaces a starter workflow by force alone, at its pin', async () => {
    const [bot, deploy] = ['bot.yml', 'deploy.yml'].map((name) => join(cwd, '.github/workflows', name));
    const before = readFileSync(bot ?? '', 'utf8');
    writeFileSync(deploy ?? '', 'mine');
    writeFileSync(bot ?? '', `${before}# mine\n`);
    writeFileSync(join(cwd, '.github/known-good.yml'), `${config()}# mine\n`);
    const run = await runCli(['init'], { cwd });
    expect(run.stdout).toMatch(/^✔ Nothing to write: everything is there\.\n/);
    expect(run.stdout).toMatch(/kept +\.github\/workflows\/deploy\.yml/);
    const json = JSON.parse((await runCli(['init', '--force', '--json'], { cwd })).stdout);
    expect(json.files).toContainEqual({ path: '.github/workflows/bot.yml', what: 'replaced' });
    expect(json.files).toContainEqual({ path: '.github/workflows/deploy.yml', what: 'kept' });
    expect(json.notes.join('\n')).toContain('deploy.yml: kept, it is yours.');
    expect(readFileSync(deploy ?? '', 'utf8')).toBe('mine');
    expect(config()).toMatch(/# mine\n$/);
    expect(readFileSync(bot ?? '', 'utf8')).toBe(before);
  });

  it('raises the pin in every workflow that is there, and changes nothing else', async () => {
    const own = join(cwd, '.github/workflows/own.yml');
    writeFileSync(own, `# mine\n- uses: acme/known-good/actions/gate@${SHA} # v1.0.0\n`);
    const sha = 'f'.repeat(40);
    const run = await runCli(['init', '--owner', `acme/known-good@${sha}`], { cwd });
    expect(run.stdout).toMatch(/pinned +\.github\/workflows\/own\.yml/);
    expect(readFileSync(own, 'utf8')).toBe(`# mine\n- uses: acme/known-good/actions/gate@${sha}\n`);
    expect(readFileSync(join(cwd, '.github/workflows/deploy.yml'), 'utf8')).toBe('mine');
    expect(config()).toMatch(/# mine\n$/);
    for (const name of readdirSync(join(cwd, '.github/workflows')))
      expect(readFileSync(join(cwd, '.github/workflows', name), 'utf8')).not.toContain(SHA);
  });

  it('writes to the top of the repository, wherever it is called', async () => {
    const run = await runCli(['init', '--quiet'], { cwd: join(cwd, 'models') });
    expect([run.code, run.stdout]).toEqual([0, 'Nothing to write: everything is there.\n']);
  });

  it.each([
    [['--owner', 'acme/known-good@v1'], /--owner takes OWNER\/known-good@SHA with all 40 digits/],
    [['here'], /There is more than can be meant/],
    [['--forse'], /Did you mean --force\?/],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const run = await runCli(['init', ...args], { cwd });
    expect(run.code).toBe(64);
    expect(run.stderr).toMatch(sentence);
  });

  it('manages without a repository, a model or a table', async () => {
    const bare = makeFolder({ 'README.md': '# Nothing\n' });
    folders.push(bare);
    const run = await runCli(['init'], { cwd: bare });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('There is no ONNX file here.');
    expect(run.stdout).toContain('releases of');
    expect(existsSync(join(bare, '.github/known-good.yml'))).toBe(true);
    expect(basename(bare)).toMatch(/^known-good-acceptance/);
  });

  it('offers to adopt what serves already', async () => {
    const registry = await startLoopbackRegistry();
    const bytes = Buffer.from('{}');
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    registry.manifests.set(`acme/churn@${digest}`, {
      type: 'application/vnd.oci.image.manifest.v1+json',
      bytes,
    });
    registry.tags.set('acme/churn:prod', digest);
    const config = `version: 1
models: { churn: { task: regression, artifact: m, image: '${registry.host}/acme/churn', data: { test: { path: t.csv, label: y } } } }
environments: { staging: { tag: staging }, production: { tag: prod } }
`;
    const run = await runCli(['init'], { cwd: home({ '.github/known-good.yml': config }) });
    await registry.close();
    expect(run.stdout).toContain(
      '→ known-good adopt churn/production --reason "in service before Known Good"',
    );
    expect(run.stdout).not.toContain('adopt churn/staging');
    expect(
      registry.requests.map(({ method }) => method).filter((method) => !['GET', 'HEAD'].includes(method)),
    ).toEqual([]);
  });
});
