import type { MetricKey } from '../../core/metric.ts';
import { METRICS, metricsOf } from '../../core/metric.ts';
import type { Sample } from '../../core/task.ts';
import type { Comparison } from '../../stats/compare-paired.ts';
import { comparePaired } from '../../stats/compare-paired.ts';
import type { DataFacts, SliceColumn } from '../facts.ts';
import { selectRows } from '../mapping/select-rows.ts';
import { countOf, quote } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';

/** At most this many slices a column are tested: the largest ones. The others are counted. */
const MOST_SLICES = 100;

/** One metric on one slice. */
export interface SliceTest {
  key: MetricKey;
  slice: string;
  rows: number;
  margin: number;
  /** Absent when the slice is below the smallest size. */
  comparison: Comparison | undefined;
}

/** Every metric with a margin and a paired interval on every slice, at most the largest slices of a column. */
export function sliceTests(
  data: DataFacts,
  settings: GateSettings,
  pair: { challenger: Sample; champion: Sample; sameBytes: boolean },
): SliceTest[] {
  const keys = metricsOf(pair.challenger.task).filter(
    (key) => METRICS[key].paired && marginOf(key, settings) !== undefined,
  );
  const names = new Map<string, number>();
  return data.slices.flatMap((column) => {
    const groups = groupRows(column.values).slice(0, MOST_SLICES);
    return groups.flatMap(([value, rows]) => {
      const slice = uniqueName(sliceName(column, value), names);
      return keys.map((key) => sliceTest(key, { slice, rows, settings, pair, clusters: data.clusters }));
    });
  });
}

function sliceName({ name, bands }: SliceColumn, value: string): string {
  if (value === '') return `${name} is empty`;
  return bands === true ? `${name} ${value}` : `${name} = ${value}`;
}

/** Cut to 200 characters, and numbered where that makes two slices alike: ids of checks are unique. */
function uniqueName(name: string, names: Map<string, number>): string {
  const short = name.length > 200 ? `${name.slice(0, 199)}…` : name;
  const before = names.get(short) ?? 0;
  names.set(short, before + 1);
  return before === 0 ? short : `${short} (${before + 1})`;
}

function marginOf(key: MetricKey, settings: GateSettings): number | undefined {
  const gate = settings.metrics[key];
  if (gate?.compare === 'off') return undefined;
  return settings.slices.maxDrop[key] ?? gate?.maxDrop;
}

/** Rows of every value, the largest slice first. */
function groupRows(values: readonly string[]): [string, number[]][] {
  const groups = new Map<string, number[]>();
  for (const [row, value] of values.entries()) {
    const rows = groups.get(value);
    if (rows === undefined) groups.set(value, [row]);
    else rows.push(row);
  }
  return [...groups].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

interface TestInput {
  slice: string;
  rows: readonly number[];
  settings: GateSettings;
  pair: { challenger: Sample; champion: Sample; sameBytes: boolean };
  clusters: Int32Array | undefined;
}

function sliceTest(key: MetricKey, { slice, rows, settings, pair, clusters }: TestInput): SliceTest {
  const margin = marginOf(key, settings) ?? 0;
  if (rows.length < settings.slices.minRows)
    return { key, slice, rows: rows.length, margin, comparison: undefined };
  const bound = settings.metrics[key]?.bound;
  const comparison = comparePaired(
    key,
    { champion: selectRows(pair.champion, rows), challenger: selectRows(pair.challenger, rows) },
    {
      margin,
      sameBytes: pair.sameBytes,
      ...(bound === undefined ? {} : { bound }),
      ...(clusters === undefined ? {} : { clusters: Int32Array.from(rows, (row) => clusters[row] ?? 0) }),
    },
  );
  return { key, slice, rows: rows.length, margin, comparison };
}

/** What the ceiling on slices left out of a column; `''` where nothing. */
export function leftOutOf({ name, values }: SliceColumn): string {
  const groups = groupRows(values).slice(MOST_SLICES);
  if (groups.length === 0) return '';
  const rows = groups.reduce((sum, [, own]) => sum + own.length, 0);
  return ` Of ${quote(name)} only the ${MOST_SLICES} largest slices were tested; ${countOf(groups.length, 'smaller one')} with ${countOf(rows, 'row')} were left out.`;
}
