/**
 * npm run bench: speed as ratios within one run, because machines differ.
 * usage: npm run bench [-- ROWS | releases | shadow | bot]; the names leave all else out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBankRows } from './bank-rows.ts';
import { measureBot } from './bot.ts';
import { measureLedger } from './ledger.ts';
import { measuredRun, medianRun } from './measured-run.ts';
import { printRetag } from './retag.ts';
import { ENTRIES, measureCommands } from './rollback.ts';
import { benchShadow } from './shadow/bench-shadow.ts';

const root = process.cwd();
const [, , what = '1000000'] = process.argv;
const rows = Number(what);
const cli = join(root, 'dist/cli.js');
const model = join(root, 'test/fixtures/bank/challenger.onnx');
const champion = join(root, 'test/fixtures/bank/champion.onnx');
const scratch = mkdtempSync(join(tmpdir(), 'known-good-bench-'));

try {
  await processStart();
  if (Number.isFinite(rows)) {
    await gateAgainstRaw(5000, 3);
    await gateAgainstRaw(rows, 1);
  }
  const isAsked = (name: string) => Number.isFinite(rows) || what === name;
  if (isAsked('releases')) await releases();
  if (isAsked('shadow')) await benchShadow({ cli, scratch, print });
  if (isAsked('bot')) await bot();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function repeat(times: number, args: readonly string[]) {
  const runs = [];
  for (let i = 0; i < times; i++) runs.push(await measuredRun(args, scratch));
  const broken = runs.find((run) => run.code !== 0);
  if (broken !== undefined) throw new Error(`A run ended with ${broken.code}: ${broken.stdout}`);
  return medianRun(runs);
}

async function processStart() {
  const node = await repeat(7, ['-e', '0']);
  const ours = await repeat(7, [cli, '--version']);
  print('process start', [
    `known-good --version ${ms(ours.seconds)}`,
    `node -e 0 ${ms(node.seconds)}`,
    ratio(ours.seconds, node.seconds),
  ]);
}

/** The release bot on loopback: what it takes beside Node alone, and what a rollback asks. */
async function bot() {
  const node = await repeat(7, ['-e', '0']);
  const cost = await measureBot(join(root, 'dist'));
  print('release bot', [
    `bundle ${Math.round(cost.bundleBytes / 1000)} KB`,
    `nothing to do ${ms(cost.idle / 1000)}`,
    ratio(cost.idle / 1000, node.seconds),
  ]);
  print('/rollback by comment', [
    `start to tag read back ${ms(cost.rollback.moved / 1000)}`,
    `whole ${ms(cost.rollback.whole / 1000)}`,
    `${cost.requests.github} requests to GitHub, ${cost.requests.registry} to the registry`,
  ]);
}

/** The whole gate (both models, probes, timing, statistics, report) beside ONNX Runtime alone on the same rows, model and batch. */
async function gateAgainstRaw(count: number, times: number) {
  const files = writeBankRows(join(root, 'test/fixtures/bank/test_encoded.csv'), {
    folder: scratch,
    rows: count,
  });
  const raw = await repeat(times, [
    join(root, 'test/bench/raw-runtime.mjs'),
    model,
    files.floats,
    String(count),
  ]);
  const rawSeconds = Number(raw.stdout.trim()) / 1000;
  const gate = await repeat(times, [
    cli,
    'gate',
    model,
    '--data',
    files.csv,
    '--label',
    'label',
    '--id',
    'row_id',
    '--quiet',
  ]);
  const pair = await repeat(times, [
    cli,
    'gate',
    model,
    '--against',
    champion,
    '--data',
    files.csv,
    '--label',
    'label',
    '--id',
    'row_id',
    '--quiet',
  ]);
  const line = (run: typeof gate) => [
    `${run.seconds.toFixed(2)} s`,
    ratio(run.seconds, rawSeconds),
    `peak ${mib(run.peakBytes)} (the gate's own process)`,
  ];
  print(`ONNX Runtime alone, ${count.toLocaleString('en-US')} rows`, [`${rawSeconds.toFixed(2)} s`]);
  print('  gate, challenger alone', line(gate));
  print('  gate, against the champion', line(pair));
}

/** Moving a tag beside other tools, then what a long history costs. */
async function releases() {
  await printRetag((line) => process.stdout.write(`${line}\n`));
  for (const { operation, short, long } of await measureLedger(scratch))
    printCost(operation, { short: short.ms, long: long.ms, entries: [short.entries, long.entries] });
  for (const { command, short, long } of await measureCommands(cli))
    printCost(command, { short, long, entries: [ENTRIES.short, ENTRIES.long] });
}

function printCost(name: string, cost: { short: number; long: number; entries: [number, number] }) {
  const [few, many] = cost.entries.map((count) => count.toLocaleString('en-US'));
  print(name, [
    `${few} entries ${cost.short.toFixed(1)} ms`,
    `${many} entries ${cost.long.toFixed(1)} ms`,
    ratio(cost.long, cost.short),
  ]);
}

function print(name: string, parts: readonly string[]) {
  process.stdout.write(`${name.padEnd(40)} ${parts.join(' · ')}\n`);
}

function ratio(a: number, b: number): string {
  return `${(a / b).toFixed(1)} ×`;
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}

function mib(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown here' : `${Math.round(bytes / 2 ** 20)} MiB`;
}
