import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDb } from '../../../src/adapters/duckdb/create-duck-db.ts';
import { bindReleases, makeViews, type MadeViews } from '../../../src/app/shadow/make-views.ts';
import { openLog } from '../../../src/app/shadow/open-log.ts';
import { shadowFromFlags } from '../../../src/app/shadow/request-from-flags.ts';
import type { ShadowRequest } from '../../../src/app/shadow/shadow-request.ts';
import type { SqlSession } from '../../../src/core/sql-engine.ts';
import { writeShadowLog } from '../../bench/shadow/write-shadow-log.ts';

/** Enough for both threads: DuckDB hands out 122,880 rows at once. */
const ROWS = 500_000;
const LIMITS = { memoryBytes: 256 * 2 ** 20, threads: 2, fileBytes: 2 ** 30, lineBytes: 2 ** 20 };

/** Sums of doubles depend on the order of their terms: the last digits of a verdict must not differ from run to run. */
describe('a long log that two threads read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-order-'));
  let session: SqlSession;
  let views: MadeViews;

  beforeAll(async () => {
    const log = join(folder, 'log.parquet');
    await writeShadowLog(ROWS, { parquet: log });
    session = await createDuckDb().open(LIMITS);
    const flags = shadowFromFlags({ log: [log], labels: [], slices: ['job'] });
    const names = ['1.0.0', '2.0.0'].map((name) => ({
      name,
      names: [name, ...Array.from({ length: 9 }, (_, i) => `${name}-${i}`)],
    }));
    const releases = { champion: names[0], challenger: names[1] } as ShadowRequest['releases'];
    const request = { ...flags, looksBefore: 0, ...(releases === undefined ? {} : { releases }) };
    const open = await openLog(session, request);
    const binding = await bindReleases(open, request);
    // A window that leaves rows out, so that everything that does is looked at.
    const window = { from: Date.UTC(2026, 0, 2) };
    const now = Date.UTC(2026, 5, 1);
    views = await makeViews(open, { task: 'binary-classification', names: binding.names, window, now });
  }, 60_000);

  afterAll(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps its order', async () => {
    expect(views.ordered).toBe(true);
    const { position } = await session.read('SELECT position FROM labelled', { position: 'number' });
    expect(position.length).toBeGreaterThan(400_000);
    expect(position.findIndex((place, row) => row > 0 && place <= (position[row - 1] as number))).toBe(-1);
  });
});
