import { KnownGoodError } from '../../core/errors.ts';
import type { Deployed, DeployerBy, DeployRequest, Timer } from '../../core/ports.ts';
import type { Deploy } from '../../core/policy.ts';
import { withFolderLock } from '../oci/folder-lock.ts';
import { identityOf } from '../process/process-identity.ts';
import { deployEnvironment, type Variables } from './deploy-environment.ts';
import { commandOutput } from './command-output.ts';
import { failedSentence, lateSentence, withoutNoteSentence } from './deploy-sentences.ts';
import {
  noteProblem,
  readRecord,
  recordPath,
  writeRecord,
  writeRecordNow,
  type DeploymentRecord,
} from './deployment-record.ts';
import { harmlessLine } from './harmless-line.ts';
import { groupState, stopGroup } from './process-group.ts';
import { runCommand } from './run-command.ts';
import type { RunningCommands } from './running-commands.ts';

/** What deployments by command are made with. */
export interface CommandDeployerOptions {
  /** Where the latest deployment of every lane is noted; one folder for each ledger. */
  folder: string;
  /** Where commands run: the root of the repository. */
  cwd: string;
  /** The variables that commands inherit, tokens included. */
  env: Variables;
  timer: Timer;
  /** Gets the output of commands line by line: harmless, without the values of secret variables, capped. */
  progress(line: string): void;
  /** Told what the user must know; also where progress is shown to nobody. */
  notice(sentence: string): void;
  /** Progress is shown to nobody: the last lines of a command that failed are notices then. */
  quiet?: boolean;
  /** Told which commands run, for whoever ends this process. */
  running?: RunningCommands;
  /** Milliseconds from SIGTERM to SIGKILL; 5 s if not said. */
  graceMs?: number;
}

type Command = Extract<Deploy, { kind: 'command' }>;

const GRACE_MS = 5_000;
/** How long a deployment waits for the end of the earlier one that it has stopped. */
const LOCK_MS = 20_000;
const POLL_MS = 100;

/**
 * Deploys by a command: an argument array, no shell, a process group of its own. A lane's number is noted before its command starts, and
 * whatever is not later than the noted one is refused, so that no lower number follows a higher one from this machine. A command of an
 * earlier number that still runs is stopped first: that of a process that lives (its operation was taken over) as well as one
 * that a killed process left behind. So a release can be deployed a second time after a crash, but never two at once. Where nothing can
 * be noted it says so and goes on: a folder of this machine must not keep a rollback from being deployed.
 * Never rejects: everything that goes wrong is `failed`, in a sentence without any of the command's output. After
 * `RunningCommands.stop` it does not answer any more.
 */
export function createCommandDeployer(options: CommandDeployerOptions): DeployerBy<'command'> {
  return {
    deploy: async (how, request) => {
      try {
        return await deployInTurn(options, how, request);
      } catch (error) {
        if (error instanceof KnownGoodError) return { kind: 'failed', message: error.message };
        const what = error instanceof Error ? harmlessLine(error.message) : 'for an unknown reason';
        return { kind: 'failed', message: `The deployment could not be made: ${what}.` };
      }
    },
  };
}

async function deployInTurn(
  options: CommandDeployerOptions,
  how: Command,
  request: DeployRequest,
): Promise<Deployed> {
  const path = recordPath(options.folder, request);
  const problem = await noteProblem(path);
  if (problem !== undefined) {
    options.notice(withoutNoteSentence(options.folder, problem));
    return runIt(options, how, { request });
  }
  const early = await refuseLate(path, request);
  if (early !== undefined) return early;
  await stopEarlier(options, path, request.seq);
  const { timer } = options;
  const patient = { now: () => timer.now(), sleep: (ms: number) => timer.sleep(Math.max(ms, POLL_MS)) };
  const lock = { path: `${path}.lock`, until: performance.now() + LOCK_MS, timer: patient };
  return withFolderLock(lock, async () => {
    const late = await refuseLate(path, request);
    if (late !== undefined) return late;
    await stopEarlier(options, path, request.seq);
    return runNoted(options, how, { request, path });
  });
}

/** The refusal of a deployment that is not later than the noted one. The same operation may try again. */
async function refuseLate(path: string, request: DeployRequest): Promise<Deployed | undefined> {
  const record = await readRecord(path);
  if (record === undefined || record.seq < request.seq) return undefined;
  if (record.seq === request.seq && record.operation === request.operation) return undefined;
  return { kind: 'failed', message: lateSentence(request, record, path) };
}

async function stopEarlier(options: CommandDeployerOptions, path: string, seq: number): Promise<void> {
  const record = await readRecord(path);
  // A later one that began meanwhile is not ours to stop: it refuses us once we have the lock.
  if (record?.group === undefined || record.seq > seq) return;
  const { pid } = record.group;
  const state = groupState(record.group);
  if (state === 'gone') return;
  const what = `the earlier deployment of ${harmlessLine(record.version)} (number ${record.seq}, process group ${pid})`;
  if (state === 'running') {
    options.progress(`Stopping ${what}, which still runs.`);
    if (await stopGroup(pid, options.graceMs ?? GRACE_MS)) return;
  }
  const todo = `Stop it and try again; if no such deployment runs, remove ${JSON.stringify(path)}.`;
  throw new KnownGoodError('unavailable', `Nothing was deployed: ${what} may still run. ${todo}`);
}

async function runNoted(
  options: CommandDeployerOptions,
  how: Command,
  { request, path }: { request: DeployRequest; path: string },
): Promise<Deployed> {
  const { seq, operation, version, digest } = request;
  const at = options.timer.now().toISOString();
  const record: DeploymentRecord = { schema: 1, seq, operation, version, digest, at };
  await writeRecord(path, record);
  const onStart = (pid: number) =>
    writeRecordNow(path, { ...record, group: { pid, identity: identityOf(pid) } });
  const deployed = await runIt(options, how, { request, onStart });
  // How the command ended is known; that it left the record behind with its group harms nothing that has ended.
  await writeRecord(path, record).catch((error: Error) => options.notice(harmlessLine(error.message)));
  return deployed;
}

async function runIt(
  options: CommandDeployerOptions,
  how: Command,
  { request, onStart }: { request: DeployRequest; onStart?: (pid: number) => void },
): Promise<Deployed> {
  const output = commandOutput(options);
  let group: number | undefined;
  const end = await runCommand({
    command: how.command,
    cwd: options.cwd,
    env: deployEnvironment(options.env, request),
    timeoutMs: how.timeoutMs,
    graceMs: options.graceMs ?? GRACE_MS,
    onStart: (pid) => {
      onStart?.(pid);
      options.running?.begin((group = pid));
    },
    onLine: output.take,
  });
  if (group !== undefined) await options.running?.end(group);
  if (end.kind === 'exited' && end.code === 0) return { kind: 'deployed' };
  output.failed();
  const [program = ''] = how.command;
  return { kind: 'failed', message: failedSentence(end, { program, timeoutMs: how.timeoutMs }) };
}
