import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { retag } from '../../src/app/registry/retag.ts';
import { createRegistries } from '../../src/adapters/oci/create-registries.ts';
import { machineTimer } from '../../src/adapters/oci/machine-timer.ts';
import type { Digest } from '../../src/core/digest.ts';
import { parseImageRepository, parseTag } from '../../src/core/image.ts';
import type { Registry } from '../../src/core/registry.ts';
import type { LoopbackRegistry } from '../support/loopback-registry.ts';
import { startLoopbackRegistry } from '../support/loopback-registry.ts';
import { multiArchIndex, pushImage } from '../support/sample-images.ts';

const REPEATS = 7;
const ADA = { username: 'ada', password: 'correct-horse' };

/** One way of moving a tag: how many requests the registry saw, and the median time; or why it was not tried. */
export type RetagFigure = { name: string; requests: number; ms: number } | { name: string; skipped: string };

interface Bench {
  server: LoopbackRegistry;
  digest: Digest;
  scratch: string;
  env: NodeJS.ProcessEnv;
}

/**
 * Moves a tag to a multi-arch index of three manifests in a registry on this machine that asks for tokens, in one run: by us as a process
 * of its own (cold), inside a process (warm), with nothing to do; and by skopeo and crane, where they are or can be built.
 */
export async function benchRetag(): Promise<RetagFigure[]> {
  const server = await startLoopbackRegistry();
  const scratch = mkdtempSync(join(tmpdir(), 'known-good-bench-'));
  try {
    const auth = Buffer.from(`${ADA.username}:${ADA.password}`).toString('base64');
    writeFileSync(join(scratch, 'config.json'), JSON.stringify({ auths: { [server.host]: { auth } } }));
    const env = { PATH: process.env['PATH'], HOME: scratch, DOCKER_CONFIG: scratch };
    const registry = openRegistry(server, env);
    const digest = await pushImage(registry, multiArchIndex('bench'));
    server.auth = { kind: 'bearer', ...ADA };
    const bench = { server, digest, scratch, env };
    return [...(await ours(bench)), await skopeo(bench), await crane(bench)];
  } finally {
    await server.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Prints the figures of `benchRetag`, times as ratios to ours as a process. */
export async function printRetag(write: (line: string) => void): Promise<void> {
  const figures = await benchRetag();
  const [base] = figures;
  for (const figure of figures) {
    const name = figure.name.padEnd(40);
    if ('skipped' in figure) write(`${name} skipped: ${figure.skipped}`);
    else {
      const ratio = base !== undefined && 'ms' in base ? `${(figure.ms / base.ms).toFixed(2)} ×` : '';
      write(`${name} ${figure.requests} requests · ${figure.ms.toFixed(1)} ms · ${ratio}`);
    }
  }
}

function openRegistry(server: LoopbackRegistry, env: NodeJS.ProcessEnv): Registry {
  const home = env['HOME'] ?? '';
  return createRegistries({ cwd: home, env, home }).open(parseImageRepository(`${server.host}/acme/bank`));
}

async function ours(bench: Bench): Promise<RetagFigure[]> {
  const { server, digest, env } = bench;
  // The first run also bundles the script, to this place.
  const script = 'node_modules/.cache/known-good/retag-once.mjs';
  const bundle = ['.config/run.mjs', 'test/support/retag-once.ts'];
  await run(process.execPath, [...bundle, server.host, digest, 'bundled'], bench);
  const registry = openRegistry(server, env);
  const sleep = (milliseconds: number) => machineTimer.sleep(milliseconds);
  const move = (tag: string) => retag(registry, { digest, tags: [parseTag(tag)], timeoutMs: 10_000, sleep });
  const cold = await measure(bench, 'known-good retag, a process, cold token', (tag) =>
    run(process.execPath, [script, server.host, digest, tag], bench),
  );
  await move('first');
  const warm = await measure(bench, '  in a process, warm token', move);
  const idle = await measure(bench, '  nothing to do', () => registry.resolve(parseTag('first')));
  return [cold, warm, idle];
}

function skopeo(bench: Bench): Promise<RetagFigure> {
  const name = 'skopeo copy --all';
  if (!answers('skopeo')) return Promise.resolve({ name, skipped: 'it is not installed here' });
  const image = `docker://${bench.server.host}/acme/bank`;
  const flags = [
    'copy',
    '--quiet',
    '--all',
    '--preserve-digests',
    '--src-tls-verify=false',
    '--dest-tls-verify=false',
  ];
  const login = [`--authfile=${join(bench.scratch, 'config.json')}`];
  return measure(bench, name, (tag) =>
    run('skopeo', [...flags, ...login, `${image}@${bench.digest}`, `${image}:${tag}`], bench),
  );
}

function crane(bench: Bench): Promise<RetagFigure> {
  const name = 'crane tag';
  const built = buildCrane(bench.scratch);
  if ('skipped' in built) return Promise.resolve({ name, ...built });
  const image = `${bench.server.host}/acme/bank@${bench.digest}`;
  return measure(bench, name, (tag) => run(built.path, ['tag', image, tag], bench));
}

/** The Go cache of the machine is used, so only the first build takes long. */
function buildCrane(scratch: string): { path: string } | { skipped: string } {
  if (!answers('go')) return { skipped: 'go is not installed here' };
  const module = 'github.com/google/go-containerregistry/cmd/crane@latest';
  const env = { ...process.env, GOBIN: scratch, GOFLAGS: '-mod=mod' };
  const build = spawnSync('go', ['install', module], { env, timeout: 300_000, stdio: 'ignore' });
  return build.status === 0 ? { path: join(scratch, 'crane') } : { skipped: 'it could not be built' };
}

function answers(command: string): boolean {
  return spawnSync(command, [command === 'go' ? 'version' : '--version'], { stdio: 'ignore' }).status === 0;
}

/** Median of some moves, each to a tag of its own. */
async function measure(
  { server }: Bench,
  name: string,
  move: (tag: string) => Promise<unknown>,
): Promise<RetagFigure> {
  const times: number[] = [];
  let requests = 0;
  for (let i = 0; i < REPEATS; i++) {
    server.requests.length = 0;
    const start = performance.now();
    await move(`bench-${i}`);
    times.push(performance.now() - start);
    requests = server.requests.length;
  }
  return { name, requests, ms: times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Number.NaN };
}

/** The server runs in this process, so a command must not block it. */
function run(command: string, args: readonly string[], { env }: Bench): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}
