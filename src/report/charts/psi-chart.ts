import type { DriftRow } from '../shadow/shadow-figures.ts';
import { clipText } from '../visible-text.ts';
import { label, percent, svgElement, tag, type ChartData, type ChartText } from './svg.ts';

/** PSI of every feature against the customary limits and its own noise floor. */
export interface PsiChart extends ChartText {
  kind: 'psi';
  /** In the order drawn. */
  features: readonly DriftRow[];
}

const HEAD = 46;
const ROW = 34;
const LABEL = 32;
/** How much of the width a bar takes that goes on beyond it. */
const SHORTENED = 0.95;
/** PSI beyond which a feature is worth a look, and beyond which it is an alert (Siddiqi 2006). */
const INVESTIGATE = 0.1;
const ALERT = 0.25;
/** No scale is longer: a bar beyond it ends in an arrow. */
const LONGEST = 0.75;
const MARKS = { stable: 'pass', investigate: 'hold', alert: 'fail', undecided: 'error' } as const;

/** Draws one bar a feature from 0, and a tick where its noise floor is. */
export function renderPsi(chart: PsiChart): string {
  const { features } = chart;
  const height = HEAD + Math.max(features.length, 1) * ROW;
  const largest = Math.max(0, ...features.flatMap(({ psi, noise }) => [psi, noise].filter(isMeasured)));
  const scale = Math.min(Math.max(largest * 1.05, ALERT * 1.3), LONGEST);
  const line = (name: string, value: number): string[] => {
    const x = percent(value / scale);
    return [
      tag('line', { class: name, x1: x, x2: x, y1: HEAD - 8, y2: height }),
      label(String(value), { class: 'tick', x, y: HEAD - 12, 'text-anchor': 'middle' }),
    ];
  };
  const rows = features.map((feature, index) => bar(feature, HEAD + index * ROW, scale));
  return svgElement(chart, { kind: 'fluid', height }, [
    ...key(),
    ...rows.flatMap(({ marks }) => marks),
    ...line('reference', INVESTIGATE),
    ...line('limit', ALERT),
    ...rows.flatMap(({ labels }) => labels),
    ...(features.length === 0 ? [label('no features', { class: 'axis', x: 0, y: HEAD + 20 })] : []),
  ]);
}

/** Every measure of every feature. */
export function psiData({ features }: PsiChart): ChartData {
  const number = (value: number | undefined): string => (isMeasured(value) ? value.toFixed(3) : '—');
  const share = (value: number | undefined): string =>
    isMeasured(value) ? `${(value * 100).toFixed(2)} %` : '—';
  return {
    headings: [
      'feature',
      'judgement',
      'PSI',
      'noise floor',
      'effect',
      'adjusted p',
      'Wasserstein (widths)',
      'Wasserstein (own unit)',
      'Jensen–Shannon',
      'Kullback–Leibler',
      'missing before',
      'missing now',
    ],
    rows: features.map((row) => [
      predictedName(row),
      row.judgement,
      number(row.psi),
      number(row.noise),
      row.effect === undefined ? '—' : `${row.effect.name} ${number(row.effect.value)}`,
      (row.adjustedP ?? 1) < 0.001 ? '< 0.001' : number(row.adjustedP),
      number(row.wasserstein?.normalised),
      isMeasured(row.wasserstein?.raw) ? String(Number(row.wasserstein.raw.toPrecision(4))) : '—',
      number(row.jensenShannon),
      number(row.kullbackLeibler),
      share(row.missing?.reference),
      share(row.missing?.current),
    ]),
  };
}

function key(): string[] {
  return [
    tag('line', { class: 'reference', x1: 2, x2: 2, y1: 1, y2: 19 }),
    label('investigate', { class: 'key', x: 10, y: 14 }),
    tag('line', { class: 'limit', x1: 92, x2: 92, y1: 1, y2: 19 }),
    label('alert', { class: 'key', x: 100, y: 14 }),
    tag('line', { class: 'interval challenger', x1: 146, x2: 146, y1: 1, y2: 19 }),
    label('noise floor', { class: 'key', x: 154, y: 14 }),
  ];
}

/** Whether a measure was made at all. */
export function isMeasured(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

/** The name of a feature; predictions are marked as such. */
export function predictedName({ name, of }: DriftRow): string {
  return of === 'prediction' ? `${name} (prediction)` : name;
}

/** Bars first and labels last, so that the limits between them stay in sight. */
function bar(row: DriftRow, top: number, scale: number): { marks: string[]; labels: string[] } {
  const { psi, noise, judgement } = row;
  const mark = MARKS[judgement];
  const name = label(clipText(predictedName(row), LABEL), { class: 'row-label small', x: 0, y: top + 12 });
  const says = label(isMeasured(psi) ? `${psi.toFixed(3)} ${judgement}` : judgement, {
    class: `row-outcome small text-${mark}`,
    x: '100%',
    y: top + 12,
    'text-anchor': 'end',
  });
  const strip = tag('rect', { class: 'strip', x: 0, y: top + 18, width: '100%', height: 9 });
  if (!isMeasured(psi)) return { marks: [strip], labels: [name, says] };
  const beyond = psi > scale;
  const width = percent(beyond ? SHORTENED : psi / scale);
  const arrow = label('▶', { class: `arrow mark-${mark}`, x: '100%', y: top + 27.5, 'text-anchor': 'end' });
  return {
    marks: [
      strip,
      tag('rect', { class: `mark-${mark}`, x: 0, y: top + 18, width, height: 9 }),
      ...(beyond ? [arrow] : []),
      ...(isMeasured(noise) ? [floorTick(percent(noise / scale), top)] : []),
    ],
    labels: [name, says],
  };
}

function floorTick(x: string, top: number): string {
  return tag('line', { class: 'interval challenger', x1: x, x2: x, y1: top + 15, y2: top + 30 });
}
