import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDuckDb } from '../../src/adapters/duckdb/create-duck-db.ts';
import { shadowFromFlags } from '../../src/app/shadow/request-from-flags.ts';
import { loadShadow, type LoadedShadow } from '../../src/app/shadow/load-shadow.ts';
import { runShadow, type ShadowRun } from '../../src/app/shadow/run-shadow.ts';
import type { ShadowPorts } from '../../src/app/shadow/shadow-ports.ts';
import type { ShadowRequest } from '../../src/app/shadow/shadow-request.ts';
import type { CheckResult } from '../../src/core/check.ts';

const MIB = 2 ** 20;
const LIMITS = { memoryBytes: 400 * MIB, threads: 2, fileBytes: 64 * MIB, lineBytes: 4 * MIB };

/** The moment at which every scene is looked at. */
export const NOW = '2026-01-31T12:00:00Z';

/** Files of one test file, in a folder of their own. `remove` belongs into `afterAll`. */
export function shadowFiles(): {
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-shadow-'));
  let count = 0;
  return {
    write: (name, content) => {
      const own = join(folder, String(++count));
      mkdirSync(own);
      writeFileSync(join(own, name), content);
      return join(own, name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What a test asks of a run: files, and whatever of the request is to be otherwise. */
export type SceneWish = Partial<Omit<ShadowRequest, 'log'>> & { log: string | readonly string[] };

/** What came of it. */
export interface Scene extends ShadowRun {
  of(id: string): CheckResult | undefined;
  /** Ids of the gates that do not pass, with their outcome. */
  trouble: string[];
}

const PORTS: ShadowPorts = {
  engine: createDuckDb(),
  limits: LIMITS,
  clock: { now: () => new Date(NOW) },
  machine: {
    describe: () => ({ os: 'test', cpu: 'test', cores: 2, memoryBytes: 1, node: 'v0', runtime: '0' }),
  },
  producer: { tool: 'known-good test' },
  progress: () => undefined,
};

function requestOf({ log, ...wish }: SceneWish): ShadowRequest {
  const flags = { log: typeof log === 'string' ? [log] : log, labels: [], slices: [] };
  return { ...shadowFromFlags(flags), looksBefore: 0, ...wish };
}

/** What a run would be judged on. */
export function factsOf(wish: SceneWish): Promise<LoadedShadow> {
  return loadShadow(requestOf(wish), PORTS);
}

/** A run of the shadow with the real engine, without a config, at a fixed moment. */
export async function lookAt(wish: SceneWish): Promise<Scene> {
  const run = await runShadow(requestOf(wish), PORTS);
  const { checks } = run.verdict;
  return {
    ...run,
    of: (id) => checks.find((check) => check.id === id),
    trouble: checks
      .filter(({ role, outcome }) => role === 'gate' && outcome !== 'pass')
      .map(({ id, outcome }) => `${id} ${outcome}`),
  };
}

/** A request as a test writes it; one line of JSON. `undefined` leaves a field out. */
export type LogRow = Record<string, unknown> & {
  request_id: unknown;
  timestamp: unknown;
  champion_score: unknown;
  challenger_score: unknown;
};

const MINUTE = 60_000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** The time of request `i`: one a minute. */
export function timeOf(i: number): string {
  return new Date(START + i * MINUTE).toISOString();
}

/**
 * Requests of two models that answer everything; the challenger is much the better one, labels come after half an hour. Unchanged, `n` = 3,000
 * of them pass every gate. `change` makes of each row what the test wants; `undefined` leaves it out.
 */
export function goodRows(
  n = 3000,
  change: (row: LogRow, i: number) => LogRow | undefined = (row) => row,
): LogRow[] {
  let state = 20_260_101;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: n }, (_, i) => {
    const signal = random();
    const label = random() < signal ? 1 : 0;
    const own: LogRow = {
      request_id: `r${i}`,
      timestamp: timeOf(i),
      group: ['a', 'b', 'c', 'd'][i % 4],
      amount: Math.round(1000 * random()) / 10,
      champion_score: clip(0.5 + 0.6 * (signal - 0.5) + 0.5 * (random() - 0.5)),
      champion_latency_ms: 10 + 5 * random(),
      champion_error: null,
      champion_version: '1.0.0',
      challenger_score: clip(signal),
      challenger_latency_ms: 8 + 4 * random(),
      challenger_error: null,
      challenger_version: '2.0.0',
      label,
      label_timestamp: timeOf(i + 30),
    };
    return own;
  }).flatMap((row, i) => change(row, i) ?? []);
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, Number(value.toFixed(6))));
}

/** Rows as JSON lines. */
export function jsonLines(rows: readonly Record<string, unknown>[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Rows as CSV, with the columns of the first one; what is absent or `null` is an empty cell. */
export function csvOf(rows: readonly Record<string, unknown>[], end = '\n'): string {
  const names = Object.keys(rows[0] ?? {});
  const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  return (
    [names.join(','), ...rows.map((row) => names.map((name) => cell(row[name])).join(','))].join(end) + end
  );
}
