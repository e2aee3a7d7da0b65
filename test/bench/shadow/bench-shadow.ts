import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { measuredRun, type MeasuredRun } from '../measured-run.ts';
import { FEATURES, writeReference, writeShadowLog } from './write-shadow-log.ts';

const MILLION = 1_000_000;
const ROWS = [MILLION, 3 * MILLION, 10 * MILLION] as const;
const REFERENCE_ROWS = 100_000;
/** Of memory for the engine; ids alone are more. */
const SPILLING_MIB = 64;

/** Where the bench works and what it says. */
export interface ShadowBench {
  cli: string;
  scratch: string;
  print(name: string, parts: readonly string[]): void;
}

/**
 * The shadow as processes on logs of 1, 3 and 10 million rows: agreement, quality and latency with the drift of both scores; with one column of
 * slices; with a reference, of which the difference is the drift of features. Then JSONL, little memory, and Evidently on the first log.
 */
export async function benchShadow(bench: ShadowBench): Promise<void> {
  const reference = join(bench.scratch, 'reference.parquet');
  await writeReference(REFERENCE_ROWS, reference);
  const logs = ROWS.map((rows) => ({ rows, parquet: join(bench.scratch, `log-${rows}.parquet`) }));
  for (const { rows, parquet } of logs) {
    const jsonl = rows === MILLION ? { jsonl: join(bench.scratch, 'log.jsonl') } : {};
    await writeShadowLog(rows, { parquet, ...jsonl });
  }
  await run(bench, [logs[0]?.parquet ?? '']);
  let first: MeasuredRun | undefined;
  for (const { rows, parquet } of logs) {
    const plain = await run(bench, [parquet]);
    const growth = first === undefined ? [] : [timesOf(plain.seconds / first.seconds)];
    bench.print(`shadow, ${count(rows)} rows of Parquet`, [...figures(plain, rows), ...growth]);
    first ??= plain;
    const sliced = await run(bench, [parquet, '--slice', 'job']);
    bench.print('  with 12 slices', figures(sliced, rows));
    const drifted = await run(bench, [parquet, '--reference', reference]);
    const each = (drifted.seconds - plain.seconds) / FEATURES.length;
    bench.print(`  with ${FEATURES.length} features`, [
      ...figures(drifted, rows),
      `${each.toFixed(2)} s a feature`,
    ]);
    if (rows === MILLION) await evidently(bench, [parquet, reference], drifted.seconds);
  }
  const jsonl = await run(bench, [join(bench.scratch, 'log.jsonl')]);
  bench.print(`shadow, ${count(MILLION)} rows of JSONL`, figures(jsonl, MILLION));
  await spilling(bench, logs.at(-1)?.parquet ?? '', ROWS[2]);
}

async function run(
  { cli, scratch }: ShadowBench,
  [log = '', ...more]: readonly string[],
): Promise<MeasuredRun> {
  const flags = ['--task', 'binary-classification', '--out', join(scratch, 'out'), '--quiet'];
  return good(await measuredRun([cli, 'shadow', log, ...more, ...flags], scratch));
}

function good(run: MeasuredRun): MeasuredRun {
  if (run.code !== 0) throw new Error(`A shadow ended with ${run.code}: ${run.stdout}`);
  return run;
}

async function spilling({ print }: ShadowBench, log: string, rows: number): Promise<void> {
  const script = ['.config/run.mjs', 'test/bench/shadow/shadow-once.ts', log, String(SPILLING_MIB)];
  const spilled = good(await measuredRun(script, process.cwd()));
  const { spilledBytes } = JSON.parse(spilled.stdout) as { spilledBytes: number };
  print(`shadow, ${count(rows)} rows, ${SPILLING_MIB} MiB for the engine`, [
    ...figures(spilled, rows),
    `${mib(spilledBytes)} spilled`,
  ]);
}

/** Beside Evidently where a Python has it: KNOWN_GOOD_PYTHON, else python3. Its reports alone count, neither imports nor reading. */
async function evidently(
  { print }: ShadowBench,
  [log, reference]: readonly [string, string],
  seconds: number,
): Promise<void> {
  const python = process.env['KNOWN_GOOD_PYTHON'] ?? 'python3';
  const name = '  Evidently: drift, both classifications';
  const script = join(process.cwd(), 'test/bench/shadow/evidently-reports.py');
  const child = spawnSync(python, [script, log, reference], { encoding: 'utf8', timeout: 1_800_000 });
  if (child.status !== 0) {
    const why = child.error?.message ?? child.stderr.trim().split('\n').at(-1) ?? 'it ended at once';
    return print(name, [`skipped: ${python} does not run it (${why})`]);
  }
  const { drift, champion, challenger } = JSON.parse(child.stdout) as Record<string, number>;
  const parts = [drift, champion, challenger].map((each) => each ?? Number.NaN);
  const total = parts.reduce((sum, each) => sum + each, 0);
  const split = parts.map((each) => each.toFixed(1)).join(' + ');
  print(name, [`${split} s`, `${timesOf(total / seconds)} our whole process with features`]);
}

function figures({ seconds, peakBytes }: MeasuredRun, rows: number): string[] {
  const pace = `${(rows / seconds / MILLION).toFixed(2)} million rows/s`;
  return [
    `${seconds.toFixed(2)} s`,
    pace,
    `peak ${peakBytes === undefined ? 'unknown here' : mib(peakBytes)}`,
  ];
}

function count(rows: number): string {
  return rows.toLocaleString('en-US');
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function timesOf(ratio: number): string {
  return `${ratio.toFixed(1)} ×`;
}
