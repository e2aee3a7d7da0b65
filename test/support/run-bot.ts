import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST } from './places.ts';
import type { GitHub } from './github/start-github.ts';

const LONGEST_RUN = 90_000;

/** How the bot is started. */
export interface BotStart {
  /** What the event's file holds. */
  payload: unknown;
  token?: string;
  event?: string;
  inputs?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  /** Absent: a new run of the workflow `bot.yml`. */
  run?: { id: number; attempt: number };
  /** Told about the process once it runs. */
  started?: (child: ChildProcess) => void;
}

/** What a run of the bot left. */
export interface BotRun {
  code: number | undefined;
  outputs: Record<string, string>;
  summary: string;
  log: string;
  run: { id: number; attempt: number };
  /** Of the comment that started it, and where that stands; 0 where there is none. */
  comment: number;
  thread: number;
}

/** Runs dist/bot.js as GitHub's runner does: inputs as INPUT_*, GitHub's files and variables, nothing else. */
export async function runBot(github: GitHub, start: BotStart & { token: string }): Promise<BotRun> {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-bot-'));
  const [output, summary, event] = ['output', 'summary', 'event.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const file of [output, summary]) writeFileSync(file, '');
  writeFileSync(event, JSON.stringify(start.payload));
  const own =
    start.run === undefined ? github.run({ workflow: 'bot.yml', event: 'issue_comment' }) : undefined;
  const run = start.run ?? { id: own?.id ?? 0, attempt: own?.attempt ?? 1 };
  const sender = (start.payload as { sender?: { login?: string } }).sender?.login ?? 'nobody';
  const inputs = { 'github-token': start.token, ...start.inputs };
  const child = spawn(process.execPath, [join(DIST, 'bot.js')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_EVENT_PATH: event,
      GITHUB_EVENT_NAME: start.event ?? 'issue_comment',
      GITHUB_REPOSITORY: `${github.owner}/${github.name}`,
      GITHUB_API_URL: github.url,
      GITHUB_SERVER_URL: github.web,
      GITHUB_ACTOR: sender,
      GITHUB_TRIGGERING_ACTOR: sender,
      GITHUB_RUN_ID: String(run.id),
      GITHUB_RUN_ATTEMPT: String(run.attempt),
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
      ...start.env,
    },
  });
  start.started?.(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (log += data.toString('utf8')));
  const timeout = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN);
  const code = await new Promise<number | undefined>((done) =>
    child.on('close', (status) => done(status ?? undefined)),
  );
  clearTimeout(timeout);
  own?.finish(code === 0 ? 'success' : 'failure');
  const left = { outputs: outputsIn(readFileSync(output, 'utf8')), summary: readFileSync(summary, 'utf8') };
  rmSync(folder, { recursive: true, force: true });
  return { code, ...left, log, run, comment: 0, thread: 0 };
}

function outputsIn(text: string): Record<string, string> {
  const blocks = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(blocks.map(([, name, , value]) => [name, value]));
}
