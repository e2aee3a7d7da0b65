import type { CheckName, CheckResult } from '../../core/check.ts';
import { METRICS } from '../../core/metric.ts';
import { badness, OUTCOMES } from '../../core/outcome.ts';
import type { Verdict } from '../../core/verdict.ts';
import { isMereInformation } from '../check-cells.ts';
import { checkTitle } from '../check-name.ts';
import { badge, strong, text, type Block, type Inline } from '../document.ts';
import { formatCount } from '../../core/format-number.ts';

/** The results of some checks, in the order of the verdict. */
export function resultsOf({ checks }: Verdict, names: readonly CheckName[]): CheckResult[] {
  return checks.filter((check) => names.includes(check.check));
}

/** `2 fail, 1 hold, 12 pass, 3 for information`, worst first; what has no limit and only informs is not a pass. */
export function tally(results: readonly CheckResult[]): string {
  const judged = results.filter((result) => !isMereInformation(result));
  const counts = OUTCOMES.toReversed().map((outcome) => ({
    name: outcome as string,
    count: judged.filter((result) => result.outcome === outcome).length,
  }));
  return [...counts, { name: 'for information', count: results.length - judged.length }]
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${formatCount(count)} ${name}`)
    .join(', ');
}

/** What happened in every result that did not pass, worst first, and what to do about it. */
export function findings(results: readonly CheckResult[]): Block[] {
  const worst = results
    .filter((result) => result.outcome !== 'pass')
    .toSorted((a, b) => badness(b.outcome) - badness(a.outcome));
  if (worst.length === 0) return [];
  return [{ kind: 'list', items: worst.map(finding) }];
}

/** Results that are sentences rather than numbers: check · what was seen · outcome. */
export function sentenceTable(results: readonly CheckResult[], caption: string): Block {
  return {
    kind: 'table',
    caption,
    columns: [
      { heading: 'check', align: 'left' },
      { heading: 'what was seen', align: 'left' },
      { heading: 'outcome', align: 'left' },
    ],
    rows: results.map((result) => [
      checkTitle(result),
      [text([result.message, result.settle].filter((part) => part !== undefined).join(' '))],
      [badge(result.outcome), ...(result.role === 'inform' ? [text(' (informs)')] : [])],
    ]),
  };
}

/** The title of a check, unless its sentence begins with the metric and the slice already. */
function titleOf(result: CheckResult): Inline[] {
  const { check, metric, message } = result;
  const named =
    check === 'slices' && metric !== undefined && message.startsWith(`${METRICS[metric].name} where `);
  return named ? [] : [...checkTitle(result), text(': ')];
}

function finding(result: CheckResult): Inline[] {
  const settle = result.settle === undefined ? [] : [text(' '), strong('To do:'), text(` ${result.settle}`)];
  return [badge(result.outcome), text(' '), ...titleOf(result), text(result.message), ...settle];
}
