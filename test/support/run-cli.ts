import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { DIST } from './places.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { verdictSchema } from '../../src/core/verdict.ts';

/** The committed command line. */
export const CLI = join(DIST, 'cli.js');

/** Milliseconds after which a run is ended; it then has no exit code. */
const LONGEST_RUN = 60_000;

/** What a run of the command line left: its streams, and what it wrote, where it wrote anything. */
export interface CliRun {
  code: number | undefined;
  stdout: string;
  stderr: string;
  verdict: Verdict | undefined;
  markdown: string | undefined;
  html: string | undefined;
}

/** The only environment that a run gets: no GitHub, no colours, no home. */
export const CLI_ENV = { PATH: process.env['PATH'] };

/** Runs the committed dist/cli.js in `cwd` and reads its report folder. Never rejects for an exit code. */
export async function runCli(args: readonly string[], { cwd }: { cwd: string }): Promise<CliRun> {
  const given = args.indexOf('--out');
  const out = resolve(cwd, given < 0 ? 'known-good-report' : (args[given + 1] ?? ''));
  const ended = await new Promise<Pick<CliRun, 'code' | 'stdout' | 'stderr'>>((done) => {
    const options = { cwd, env: CLI_ENV, timeout: LONGEST_RUN, maxBuffer: 2 ** 26 };
    const child = execFile(process.execPath, [CLI, ...args], options, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? undefined, stdout, stderr }),
    );
  });
  const verdict = readIf(join(out, 'verdict.json'));
  return {
    ...ended,
    verdict: verdict === undefined ? undefined : verdictSchema.parse(JSON.parse(verdict)),
    markdown: readIf(join(out, 'report.md')),
    html: readIf(join(out, 'report.html')),
  };
}

function readIf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** A new folder with these files, outside of any git repository; whoever asks removes it. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-acceptance-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** Runs the command line in a new folder with these files, which is removed when the test is over. */
export function runIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
): Promise<CliRun> {
  const cwd = makeFolder(files);
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  return runCli(args, { cwd });
}

/** The verdict of a run that must have one. */
export function verdictOf(run: CliRun): Verdict {
  if (run.verdict === undefined) throw new Error(`There is no verdict; exit ${run.code}: ${run.stderr}`);
  return run.verdict;
}

/** One check of a verdict, by id. */
export function checkOf(verdict: Verdict, id: string): Verdict['checks'][number] {
  const check = verdict.checks.find((each) => each.id === id);
  if (check === undefined)
    throw new Error(`There is no check ${id} among ${verdict.checks.map((each) => each.id).join(', ')}.`);
  return check;
}
