import type { CheckResult } from '../../core/check.ts';
import type { Verdict } from '../../core/verdict.ts';
import { isMeasured, predictedName, type PsiChart } from '../charts/psi-chart.ts';
import { code, NO_CELL, paragraph, strong, text, type Block, type Inline } from '../document.ts';
import { findings, resultsOf, tally } from '../sections/section.ts';
import { clipText } from '../visible-text.ts';
import { formatPercent } from '../percent.ts';
import { plainTable, type Cell } from './plain-table.ts';
import { predictionsOverTime } from './predictions-over-time.ts';
import type { DriftRow, ShadowFigures } from './shadow-figures.ts';

const IN_TEXT = 5;
const MOST_FINDINGS = 5;
const JUDGEMENTS = ['alert', 'investigate', 'undecided', 'stable'] as const;
const COMPARISONS = [
  { against: 'reference', id: 'drift-reference', title: 'The window against the training reference' },
  { against: 'first third', id: 'drift-thirds', title: 'The last third of the window against its first' },
] as const;

/** How far features and predictions have moved: the five largest shifts of each comparison in text, all in pictures. */
export function driftSection(verdict: Verdict, figures: ShadowFigures): Block | undefined {
  const { drift = [] } = figures;
  const results = resultsOf(verdict, ['drift']).filter((result) => isUntold(result, drift));
  const overTime = predictionsOverTime(verdict, figures);
  if (drift.length + results.length + overTime.length === 0) return undefined;
  const blocks: Block[] = [
    ...findings(results.slice(0, MOST_FINDINGS)),
    ...(results.length > MOST_FINDINGS
      ? [paragraph(`${results.length - MOST_FINDINGS} more findings of this kind are in verdict.json.`)]
      : []),
    ...COMPARISONS.flatMap((comparison) => comparisonBlocks(drift, comparison)),
    ...overTime,
  ];
  const told = drift.length > 0 ? counted(drift) : tally(resultsOf(verdict, ['drift']));
  return { kind: 'details', summary: `Drift${told === '' ? '' : `: ${told}`}`, blocks };
}

/** What did not pass and no row of the tables tells; a gate is always told. */
function isUntold({ id, role, outcome }: CheckResult, drift: readonly DriftRow[]): boolean {
  if (outcome === 'pass') return false;
  if (role === 'gate') return true;
  return !drift.some(({ name, against }) =>
    against === 'reference' ? id === `drift.reference.${name}` : id === 'drift.window',
  );
}

/** `against the reference 15 stable; within the window 6 alert, 1 investigate, 10 stable`. */
function counted(drift: readonly DriftRow[]): string {
  const one = (against: DriftRow['against']): string =>
    JUDGEMENTS.map((judgement) => ({
      judgement,
      count: drift.filter((row) => row.against === against && row.judgement === judgement).length,
    }))
      .filter(({ count }) => count > 0)
      .map(({ judgement, count }) => `${count} ${judgement}`)
      .join(', ');
  const parts = [
    { name: 'against the reference', says: one('reference') },
    { name: 'within the window', says: one('first third') },
  ];
  return parts
    .filter(({ says }) => says !== '')
    .map(({ name, says }) => `${name} ${says}`)
    .join('; ');
}

function comparisonBlocks(
  drift: readonly DriftRow[],
  { against, id, title }: (typeof COMPARISONS)[number],
): Block[] {
  const rows = drift
    .filter((row) => row.against === against)
    .toSorted(
      (a, b) =>
        JUDGEMENTS.indexOf(a.judgement) - JUDGEMENTS.indexOf(b.judgement) || effectOf(b) - effectOf(a),
    );
  if (rows.length === 0) return [];
  const chart: PsiChart = {
    kind: 'psi',
    id,
    title,
    description: `PSI of ${rows.length} features and predictions, each with its noise floor: ${counted(rows)}.`,
    features: rows,
  };
  return [
    { kind: 'chart', chart, text: [paragraph(strong(`${title}:`)), topTable(rows, title), ...more(rows)] },
  ];
}

function effectOf({ effect }: DriftRow): number {
  return effect?.value ?? 0;
}

function topTable(rows: readonly DriftRow[], title: string): Block {
  return plainTable(
    title,
    [
      'feature',
      'judgement',
      'PSI (noise floor)',
      'effect',
      'adjusted p',
      'Wasserstein',
      'missing before → now',
    ],
    { rows: rows.slice(0, IN_TEXT).map(topRow), left: ['judgement'] },
  );
}

function topRow(row: DriftRow): Cell[] {
  const { judgement, psi, noise, effect, adjustedP, wasserstein, missing } = row;
  const judged: Inline = judgement === 'alert' ? strong(judgement) : text(judgement);
  const number = (value: number | undefined): string => (isMeasured(value) ? value.toFixed(3) : NO_CELL);
  const share = (value: number | undefined): string => (isMeasured(value) ? formatPercent(value) : NO_CELL);
  return [
    code(clipText(predictedName(row), 60)),
    judged,
    `${number(psi)} (${number(noise)})`,
    effect === undefined ? NO_CELL : `${effect.name} ${number(effect.value)}`,
    isMeasured(adjustedP) && adjustedP < 0.001 ? '< 0.001' : number(adjustedP),
    number(wasserstein?.normalised),
    `${share(missing?.reference)} → ${share(missing?.current)}`,
  ];
}

function more(rows: readonly DriftRow[]): Block[] {
  const rest = rows.length - IN_TEXT;
  return rest > 0 ? [paragraph(`${rest} more with smaller shifts are in the full report.`)] : [];
}
