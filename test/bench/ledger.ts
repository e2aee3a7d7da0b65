import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createGitLedger } from '../../src/adapters/git/ledger/create-git-ledger.ts';
import type { LedgerStore } from '../../src/core/ledger-store.ts';

/** The cost of one operation on a short and on a long ledger: medians in milliseconds, of one run. */
export interface LedgerCost {
  operation: string;
  short: { entries: number; ms: number };
  long: { entries: number; ms: number };
}

const LANE = 'lanes/bank/production';
const STATE = `${LANE}/state.json`;
const SHORT = 10;
/** Its newest folder has 900 names, so that a long listing is part of the cost. */
const LONG = 10_900;
const TIMES = 15;
const ENTRY = JSON.stringify({ kind: 'observed', text: 'x'.repeat(800) });
const STATE_TEXT = JSON.stringify({
  releases: Array.from({ length: 50 }, (_, i) => `release ${i} ${'y'.repeat(400)}`),
});

/** Reads, appends to and reads back two ledgers in turns, one entry a commit, in repositories below `scratch`. */
export async function measureLedger(scratch: string): Promise<LedgerCost[]> {
  const short = ledgerOf(join(scratch, 'short'), SHORT);
  const long = ledgerOf(join(scratch, 'long'), LONG);
  const operations: [string, (ledger: LedgerStore, entries: number) => Promise<unknown>][] = [
    ['ledger: read head and state', (ledger) => ledger.read([STATE])],
    ['ledger: append an entry', appendNext],
    ['ledger: read every entry', readAll],
  ];
  const costs = [];
  for (const [operation, work] of operations) {
    const [few, many]: [number[], number[]] = [[], []];
    for (let i = 0; i < (work === readAll ? 3 : TIMES); i++) {
      few.push(await millisecondsOf(() => work(short, SHORT + i + 1)));
      many.push(await millisecondsOf(() => work(long, LONG + i + 1)));
    }
    costs.push({
      operation,
      short: { entries: SHORT, ms: median(few) },
      long: { entries: LONG, ms: median(many) },
    });
  }
  return costs;
}

async function appendNext(ledger: LedgerStore, seq: number): Promise<void> {
  const { head } = await ledger.read([STATE]);
  const files = { [entryPath(seq)]: ENTRY, [STATE]: `${STATE_TEXT}${seq}` };
  const appended = await ledger.append({ parent: head, files, message: `entry ${seq}` });
  if (appended.kind !== 'appended') throw new Error('The append was lost.');
}

async function readAll(ledger: LedgerStore): Promise<void> {
  const { head } = await ledger.read([]);
  if (head === undefined || (await ledger.readAll(head, LANE)).size <= SHORT)
    throw new Error('Files are missing.');
}

function ledgerOf(folder: string, entries: number): LedgerStore {
  mkdirSync(folder);
  execFileSync('git', ['init', '-q', '--bare'], { cwd: folder });
  execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, input: importOf(entries) });
  return createGitLedger({ folder, now: () => new Date() });
}

function importOf(entries: number): string {
  const commits = Array.from({ length: entries }, (_, i) => {
    const files = [entryPath(i + 1), STATE].map(
      (path) => `M 100644 inline ${path}\n${data(`${ENTRY}${i + 1}`)}`,
    );
    const who = 'committer Known Good <known-good@localhost> 0 +0000\n';
    return `commit refs/heads/known-good-ledger\n${who}${data(`entry ${i + 1}`)}${files.join('')}`;
  });
  return commits.join('\n');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function entryPath(seq: number): string {
  return `${LANE}/entries/${Math.floor(seq / 1000)}/${seq}-observed.json`;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
