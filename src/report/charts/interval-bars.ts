import { OUTCOME_SYMBOLS } from '../outcome-symbol.ts';
import { clipText, visibleText } from '../visible-text.ts';
import { placeInterval, type IntervalRow, type PlacedInterval } from './interval-scale.ts';

const WIDTH = 45;
const LABEL_WIDTH = 34;

/** Intervals against their limits as lines of text below a key, one a row, all of one width; at least one row. */
export function renderBars(rows: readonly IntervalRow[], referenceName: string): string {
  const labels = rows.map((row) => clipText(visibleText(row.label), LABEL_WIDTH));
  const widest = Math.max(...labels.map((each) => Array.from(each).length));
  const lines = rows.map((row, index) => {
    const name = labels[index] ?? '';
    const padding = ' '.repeat(widest - Array.from(name).length);
    return `${name}${padding}  ${bar(placeInterval(row))}  ${OUTCOME_SYMBOLS[row.outcome]} ${row.outcome}`;
  });
  return [`${' '.repeat(widest)}  ${key(rows, referenceName)}`, ...lines].join('\n');
}

function key(rows: readonly IntervalRow[], referenceName: string): string {
  const compared = rows.some((row) => row.reference !== undefined);
  const parts = ['║ limit', ...(compared ? [`│ ${referenceName}`] : []), '├●┤ interval'].join('  ');
  return `${parts}${'better ►'.padStart(WIDTH - Array.from(parts).length)}`;
}

/** One bar: `║` the limit, `│` no difference, `├──●──┤` the interval; `╫` and `┼` where it crosses them. */
function bar({ low, point, high, limit, reference }: PlacedInterval): string {
  const cells = Array.from({ length: WIDTH }, () => ' ');
  const [from, to] = ends({ low, point, high, limit });
  const inside = (index: number): boolean => from < index && index < to;
  for (let index = from; index <= to; index += 1) cells[index] = '─';
  if (reference !== undefined) cells[column(reference)] = inside(column(reference)) ? '┼' : '│';
  cells[column(limit)] = inside(column(limit)) ? '╫' : '║';
  if (from !== to) {
    cells[from] = from === column(limit) ? '╟' : '├';
    cells[to] = to === column(limit) ? '╢' : '┤';
  }
  cells[column(point)] = '●';
  return cells.join('');
}

/** The end columns; each leaves the point's own column to the point, unless it would then touch the limit. */
function ends({ low, point, high, limit }: PlacedInterval): [number, number] {
  const [from, to, middle] = [column(low), column(high), column(point)];
  if (from === to) return [from, to];
  const [before, after] = [middle - 1, middle + 1];
  return [
    from === middle && before !== column(limit) ? before : from,
    to === middle && after !== column(limit) ? after : to,
  ];
}

function column(share: number): number {
  return Math.round(share * (WIDTH - 1));
}
