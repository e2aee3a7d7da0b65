import type { CheckResult } from '../core/check.ts';
import { METRICS } from '../core/metric.ts';
import {
  baselineCell,
  differenceCell,
  limitCell,
  measuredCell,
  outcomeCell,
  type BaselineName,
} from './check-cells.ts';
import { checkTitle } from './check-name.ts';
import { NO_CELL, plainText, text, type Column, type Inline, type Table } from './document.ts';

interface CheckColumn extends Column {
  cell: (result: CheckResult) => readonly Inline[];
}

/** What the intervals of a table are called where they are made for a single look. */
export const ONE_LOOK = '90 % interval';

/** What they are called in a shadow, which is looked at more than once. */
export const EVERY_LOOK = '90 % interval, valid at every look';

/** Results as a table: check · baseline · challenger · difference · limit · outcome; columns that nothing fills are dropped. */
export function checkTable(results: readonly CheckResult[], caption: string, interval = ONE_LOOK): Table {
  const columns = columnsFor(results, interval);
  return {
    kind: 'table',
    caption,
    columns: columns.map(({ heading, align }) => ({ heading, align })),
    rows: results.map((result) => columns.map((column) => column.cell(result))),
  };
}

/** The baseline that heads a column: the champion where any result has it, else naive, else what was declared. */
export function baselineOf(results: readonly CheckResult[]): BaselineName | undefined {
  const names = results
    .filter((result) => result.baseline !== undefined)
    .map((result) => result.baselineName ?? 'champion');
  return (['champion', 'naive', 'declared'] as const).find((name) => names.includes(name));
}

function columnsFor(results: readonly CheckResult[], interval: string): CheckColumn[] {
  const baseline = baselineOf(results);
  const some = (test: (result: CheckResult) => boolean, column: CheckColumn): CheckColumn[] =>
    results.some(test) ? [column] : [];
  return [
    { heading: 'check', align: 'left', cell: titleCell },
    ...(baseline === undefined
      ? []
      : [
          {
            heading: baseline,
            align: 'right' as const,
            cell: (result: CheckResult) => baselineCell(result, baseline),
          },
        ]),
    ...some((result) => result.measured !== undefined, {
      heading: baseline === undefined ? 'measured' : 'challenger',
      align: 'right',
      cell: measuredCell,
    }),
    ...some((result) => plainText(differenceCell(result)) !== NO_CELL, {
      heading: differenceHeading(results, interval),
      align: 'right',
      cell: differenceCell,
    }),
    ...some((result) => result.limit !== undefined, { heading: 'limit', align: 'right', cell: limitCell }),
    { heading: 'outcome', align: 'left', cell: outcomeCell },
  ];
}

function differenceHeading(results: readonly CheckResult[], interval: string): string {
  const intervals = results.some((result) => result.interval !== undefined);
  const differences = results.some(
    (result) => result.baseline !== undefined && result.difference !== undefined,
  );
  if (!differences) return interval;
  return intervals ? `difference [${interval}]` : 'difference';
}

/** The name of a check, with an arrow where the lower metric is the better one. */
function titleCell(result: CheckResult): readonly Inline[] {
  const lower = result.metric !== undefined && METRICS[result.metric].better === 'lower';
  return lower ? [...checkTitle(result), text(' ↓')] : checkTitle(result);
}
