import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What an action needs of native code: the folder of its locked package beside the bundle, and the platforms with a binary. */
const RUNTIMES = {
  gate: {
    folder: 'runtime',
    name: 'ONNX Runtime',
    platforms: ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
    otherwise: 'Run this job on one of these, or gate given numbers with the input predictions.',
  },
  shadow: {
    folder: 'runtime-shadow',
    name: 'DuckDB',
    platforms: ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
    otherwise: 'Run this job on one of these.',
  },
} as const;

type Runtime = (typeof RUNTIMES)[keyof typeof RUNTIMES];

const OLDEST_NODE = [20, 19] as const;

/** The process, as far as setting up uses it. */
export interface SetupHost {
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  platform: string;
  arch: string;
  stdout: { write(text: string): unknown };
}

/**
 * Installs the action's locked native runtime into the runner's temporary folder (npm's cache, no scripts), once a job,
 * and leaves its path in the step output `runtime`. Returns the exit code; what is missing is said in a sentence.
 */
export async function setUpRuntime(host: SetupHost, action: keyof typeof RUNTIMES = 'gate'): Promise<number> {
  const runtime = RUNTIMES[action];
  const problem = unsupported(host, runtime);
  if (problem !== undefined) return fail(host, problem);
  const source = fileURLToPath(new URL(`./${runtime.folder}`, import.meta.url));
  const lock = await readFile(join(source, 'package-lock.json'));
  const name = `known-good-runtime-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}`;
  const folder = join(host.env['RUNNER_TEMP'] ?? '.', name);
  if (!(await exists(join(folder, 'ready')))) {
    const failure = await install(source, folder);
    if (failure !== undefined)
      return fail(
        host,
        `npm could not install ${runtime.name}: ${failure} The runner needs npm and its registry, or a cache of it.`,
      );
    await writeFile(join(folder, 'ready'), '');
  }
  const outputs = host.env['GITHUB_OUTPUT'];
  if (outputs !== undefined) await appendFile(outputs, `runtime=${folder}\n`);
  host.stdout.write(`${runtime.name} is in ${folder}\n`);
  return 0;
}

function unsupported({ version, platform, arch }: SetupHost, runtime: Runtime): string | undefined {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    return `Known Good needs Node ${OLDEST_NODE.join('.')} or newer, and the runner's node is ${version}. Add actions/setup-node before this step.`;
  }
  const platforms: readonly string[] = runtime.platforms;
  if (platforms.includes(`${platform}-${arch}`)) return undefined;
  return `${runtime.name} has no binary for ${platform}-${arch}; it has them for ${platforms.join(', ')}. ${runtime.otherwise}`;
}

async function install(source: string, folder: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    await copyFile(join(source, file), join(folder, file));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  return new Promise((done) => {
    execFile(
      'npm',
      args,
      { cwd: folder, shell: process.platform === 'win32', timeout: 300_000 },
      (error, _stdout, stderr) => {
        done(
          error === null
            ? undefined
            : (stderr.split('\n').find((line) => line.trim() !== '') ?? error.message),
        );
      },
    );
  });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function fail({ stdout }: SetupHost, message: string): number {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  stdout.write(`::error title=Known Good::${escaped}\n`);
  return 3;
}
