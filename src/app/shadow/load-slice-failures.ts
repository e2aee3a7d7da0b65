import type { SliceFailures } from '../../shadow/facts.ts';
import { sliceName } from '../../shadow/slice-name.ts';
import { countSliceFailures } from '../../shadow/sql/slice-failures.ts';
import type { ScoredRows, SliceCodes } from '../../shadow/facts.ts';
import type { OpenLog, SliceColumn } from './open-log.ts';

/** Who did not answer the requests of each slice that reached a model, empty slices left out. */
export async function loadSliceFailures(
  log: OpenLog,
  { slices }: Pick<ScoredRows, 'slices'>,
): Promise<SliceFailures[]> {
  const found: SliceFailures[] = [];
  for (const [index, column] of log.slices.entries()) {
    const codes = slices[index];
    if (codes !== undefined) found.push(...(await ofColumn(log, column, codes)));
  }
  return found;
}

async function ofColumn(
  { session }: OpenLog,
  { as }: SliceColumn,
  { name, bands, values }: SliceCodes,
): Promise<SliceFailures[]> {
  const counts = await session.read(countSliceFailures(as), {
    code: 'code',
    n: 'number',
    champion_only: 'number',
    challenger_only: 'number',
  });
  return Array.from(counts.n, (n, row) => {
    const code = counts.code[row] ?? -1;
    return {
      slice: code < 0 ? `${name} is empty` : sliceName({ name, bands }, values[code] ?? ''),
      n,
      championOnly: counts.champion_only[row] ?? 0,
      challengerOnly: counts.challenger_only[row] ?? 0,
    };
  });
}
