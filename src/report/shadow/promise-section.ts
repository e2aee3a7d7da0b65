import type { CheckResult } from '../../core/check.ts';
import { formatDifference, formatInterval } from '../../core/format-number.ts';
import { METRICS, type MetricKey } from '../../core/metric.ts';
import type { Verdict } from '../../core/verdict.ts';
import { EVERY_LOOK } from '../check-table.ts';
import { badge, NO_CELL, paragraph, text, type Block } from '../document.ts';
import { findings, resultsOf, sentenceTable } from '../sections/section.ts';
import { plainTable } from './plain-table.ts';
import type { PromisedDifference, ShadowFigures } from './shadow-figures.ts';

/** What the held-out evaluation promised beside what the shadow found. */
export function promiseSection(verdict: Verdict, { promised = [] }: ShadowFigures): Block | undefined {
  const results = resultsOf(verdict, ['promise']);
  if (promised.length === 0 && results.length === 0) return undefined;
  const table =
    promised.length === 0
      ? [sentenceTable(results, 'Offline against online')]
      : [
          paragraph(
            'Challenger minus champion, as the evaluation on held-out rows promised it, and as the requests of the shadow show it.',
          ),
          promiseTable(promised, results),
        ];
  return {
    kind: 'details',
    summary: summary(promised, results),
    blocks: promised.length === 0 ? table : [...table, ...findings(results)],
  };
}

function summary([first]: readonly PromisedDifference[], results: readonly CheckResult[]): string {
  if (first === undefined) return 'Offline against online';
  const { name, unit } = METRICS[first.metric];
  const found = results.find(({ metric }) => metric === first.metric)?.measured;
  const promised = `Offline against online: ${name} promised ${formatDifference(first.difference, { unit })}`;
  return typeof found === 'number' ? `${promised}, shadow ${formatDifference(found, { unit })}` : promised;
}

function promiseTable(promised: readonly PromisedDifference[], results: readonly CheckResult[]): Block {
  const rows = promised.map(({ metric, difference, interval }) => {
    const result = results.find((each) => each.metric === metric);
    const found = result?.measured;
    return [
      METRICS[metric].name + (METRICS[metric].better === 'lower' ? ' ↓' : ''),
      written(metric, difference, interval),
      typeof found === 'number' ? written(metric, found, result?.interval) : NO_CELL,
      result === undefined ? NO_CELL : [badge(result.outcome), text(' (informs)')],
    ];
  });
  return plainTable(
    'Promised and found differences',
    ['metric', 'promised offline [90 % interval]', `found in shadow [${EVERY_LOOK}]`, 'outcome'],
    { rows, left: ['outcome'] },
  );
}

function written(
  metric: MetricKey,
  difference: number,
  interval: readonly [number, number] | undefined,
): string {
  const style = { unit: METRICS[metric].unit };
  const [value = '', ...unit] = formatDifference(difference, style).split(' ');
  const ends = interval === undefined ? [] : [formatInterval(interval, { ...style, signed: true })];
  return [value, ...ends, ...unit].join(' ');
}
