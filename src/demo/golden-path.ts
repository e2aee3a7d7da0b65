import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createRegistries } from '../adapters/oci/create-registries.ts';
import { runCli } from '../entry/cli/run-cli.ts';
import type { DemoHost } from './demo-host.ts';
import { makeDemoWorld, type DemoWorld } from './demo-world.ts';
import { ModelServer } from './model-server.ts';

/** One step of the story: what a person types, and how it must end. */
interface Step {
  type: string;
  ends: number;
}

/** The stage: the repository, the servers, and who watches. */
interface Stage {
  host: DemoHost;
  world: DemoWorld;
  server: ModelServer;
  startedAt: number;
}

const SHOWN_LINES = 14;
/** The report of 2.0.0 beside 1.0.0. */
const SHADOW = 'reports/2.0.0-shadow';
/** Commands whose whole report is in a file. */
const QUIET = ['gate', 'shadow'];

/**
 * The golden path on embedded parts, a git repository for the ledger, an OCI layout folder for the registry and a small model server:
 * a champion goes live, a regressed challenger is refused, a good one passes its gate and its shadow and is promoted, its server fails,
 * and the rollback restores the champion. Whether every step ended as it should.
 */
export async function walkGoldenPath(host: DemoHost): Promise<boolean> {
  const childScript = fileURLToPath(new URL('./model-child.js', import.meta.url));
  const features = await featuresOf('test/fixtures/bank/features.json');
  const root = { folder: '' };
  const registry = () =>
    createRegistries({ cwd: root.folder, env: {}, home: root.folder }).open({
      kind: 'layout',
      path: 'registry',
    });
  const server = new ModelServer({ childScript, registry, features });
  await server.listen();
  const from = host.cwd();
  try {
    const world = await makeDemoWorld(server.port);
    root.folder = world.folder;
    const stage = { host, world, server, startedAt: performance.now() };
    const right = await tell(stage);
    host.stdout.write(right ? ending(world.folder) : 'Something did not end as it should: see above.\n');
    return right;
  } finally {
    host.chdir(from);
    await server.close();
  }
}

function ending(folder: string): string {
  return `Every step ended as it should. To look around:
  cd ${folder}
  git log known-good-ledger                 the ledger, one commit a step
  open reports/*/report.html                what the reviewers saw
  node ../../dist/cli.js history bank/production
`;
}

async function tell(stage: Stage): Promise<boolean> {
  const { world, server } = stage;
  const fine: boolean[] = [];
  const act = async (title: string, ...steps: Step[]) => {
    write(stage, `\n${clock(stage)}  ${title}\n`);
    for (const step of steps) fine.push(await play(stage, step));
  };
  await world.commitModel('bank-champion', 'bank 1.0.0');
  await act('Ana gates, packages and registers the first release', ...release('1.0.0', 0));
  await act(
    'It goes to staging, is looked at, and on to production, where it proves itself for its whole soak',
    { type: 'promote staging', ends: 0 },
    { type: 'promote production', ends: 0 },
    { type: 'verify production --watch', ends: 0 },
  );
  await world.commitComparison('compare with the release before, and ask for a shadow in production');
  await world.commitModel('bank-regressed', 'bank 2.1.0: claims to be better');
  await act('A challenger whose pipeline claims it is fine, and is not', ...release('2.1.0', 1), {
    type: 'promote staging 2.1.0',
    ends: 1,
  });
  await world.commitModel('bank-champion', 'revert bank 2.1.0');
  await world.commitModel('bank-challenger', 'bank 2.0.0: gradient boosting');
  await act(
    'A challenger that is better, proved against the champion on the same rows',
    ...release('2.0.0', 0),
    { type: 'promote staging 2.0.0', ends: 0 },
  );
  await act(
    'Production asks for a shadow too: both models answered the same requests, and only 1.0.0 acted',
    { type: 'promote production', ends: 1 },
    { type: `shadow --model bank --environment production --out ${SHADOW}`, ends: 0 },
    { type: `register --model bank --evidence ${SHADOW}/verdict.json`, ends: 0 },
    { type: 'promote production', ends: 0 },
    { type: 'why production', ends: 0 },
  );
  server.broken.add('2.0.0');
  await act(
    '03:00. The feature store of 2.0.0 goes down, and production answers 503. One command:',
    { type: 'rollback production --reason "503 since 02:58"', ends: 0 },
    { type: 'why production', ends: 0 },
  );
  await act(
    'Somebody promotes 2.0.0 again without knowing',
    { type: 'promote production 2.0.0', ends: 1 },
    { type: 'status', ends: 0 },
    { type: 'ledger verify', ends: 0 },
  );
  write(stage, `\n${clock(stage)}  The end\n\n`);
  return fine.every(Boolean);
}

/** Gate, package, register: the verdict travels with the bytes. */
function release(version: string, gate: number): Step[] {
  const out = `reports/${version}`;
  return [
    { type: `gate --model bank --out ${out}`, ends: gate },
    { type: `package --model bank --version ${version} --evidence ${out}/verdict.json`, ends: 0 },
  ];
}

/** Runs one command as it is typed, shows the beginning of what it says; whether it ended as it must. */
async function play(stage: Stage, { type, ends }: Step): Promise<boolean> {
  const { host, world } = stage;
  host.chdir(world.folder);
  const said: string[] = [];
  const aside: string[] = [];
  const words = wordsOf(type);
  const quiet = QUIET.includes(words[0] ?? '') ? ['--quiet'] : [];
  const code = await runCli([...words, ...quiet], {
    env: { ...host.env, GITHUB_ACTIONS: undefined, GITHUB_ACTOR: undefined, NO_COLOR: '1' },
    stdout: { write: (text) => said.push(text) },
    stderr: { write: (text) => aside.push(text) },
    cwd: () => world.folder,
  });
  const right = code === ends;
  const lines = (right && said.length > 0 ? said : [...aside, ...said])
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const shown = right ? lines.slice(0, SHOWN_LINES) : lines;
  const more = lines.length > shown.length ? [`… ${lines.length - shown.length} more lines`] : [];
  write(stage, `   $ known-good ${type}\n${[...shown, ...more].map((line) => `     ${line}\n`).join('')}`);
  if (!right) write(stage, `     This ended with exit code ${code}; it should have been ${ends}.\n`);
  return right;
}

/** The words of a command line; quotes hold one together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function write({ host }: Stage, text: string): void {
  host.stdout.write(text);
}

function clock({ startedAt }: Stage): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s`;
}

async function featuresOf(path: string): Promise<readonly string[]> {
  const document = JSON.parse(await readFile(path, 'utf8')) as { encoded_columns?: string[] };
  return document.encoded_columns ?? [];
}
