import type { LoadedSource } from '../../core/sql-engine.ts';
import { SIDES, type DriftFinding, type MeasuredDrift } from '../../shadow/facts.ts';
import type { NamedColumn } from '../../shadow/columns.ts';
import type { TimeSpan } from '../../shadow/sql/thirds.ts';
import { adjustAcrossFeatures } from '../../stats/drift/adjust-across-features.ts';
import type { DriftResult } from '../../stats/drift/drift-result.ts';
import { measureDriftFromCounts } from '../../stats/drift/measure-drift-from-counts.ts';
import {
  readNumbers,
  readReferenceNumbers,
  readReferenceTexts,
  readScores,
  readTexts,
  type NumberParts,
  type TextParts,
} from './drift-values.ts';
import { numberSide, planOfNumbers, planOfTexts, textSide } from './drift-sides.ts';
import type { TimedRows } from './load-scored.ts';
import type { OpenLog } from './open-log.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** What drift is measured with. */
export interface DriftRequest {
  span: TimeSpan;
  /** The requests that both answered. */
  rows: TimedRows;
  /** The training reference as the relation `reference`, where there is one. */
  reference: LoadedSource | undefined;
  noReference: string | undefined;
  smoothing: ShadowRequest['smoothing'];
  progress(step: string): void;
}

type Finding = Omit<DriftFinding, 'adjustedP'>;

/** Each feature against the reference, and each feature and both scores in the last third of the window against the first. */
export async function loadDrift(log: OpenLog, request: DriftRequest): Promise<MeasuredDrift> {
  const { span, rows, smoothing, progress, noReference } = request;
  const findings: Finding[] = [];
  for (const feature of log.features) {
    progress(`drift of ${feature.name}`);
    findings.push(...(await featureDrift(log, feature, request)));
  }
  progress('drift of the scores');
  const scores = await readScores(log.session, rows, span);
  for (const side of SIDES) {
    const result = numbersDrift(scores[side].first, scores[side].last, smoothing);
    findings.push({ name: `${side} score`, of: 'prediction', against: 'first third', result });
  }
  return { findings: adjusted(findings), noReference };
}

async function featureDrift(
  { session, loaded }: OpenLog,
  { name, as }: NamedColumn,
  { span, reference, smoothing }: DriftRequest,
): Promise<Finding[]> {
  const rows = reference?.rows ?? 0;
  const finding = (against: DriftFinding['against'], result: DriftResult): Finding => ({
    name,
    of: 'feature',
    against,
    result,
  });
  const kind = reference?.kinds.get(as);
  if (loaded.kinds.get(as) !== 'text') {
    const other = kind === 'number' ? await readReferenceNumbers(session, as, rows) : undefined;
    const parts = await readNumbers(session, as, {
      span,
      few: isCounted(other, rows),
      rows: loaded.rows,
    });
    return [
      ...(other === undefined ? [] : [finding('reference', numbersDrift(other, parts.whole(), smoothing))]),
      finding('first third', numbersDrift(parts.first, parts.last, smoothing)),
    ];
  }
  const other = kind === 'text' ? await readReferenceTexts(session, as, rows) : undefined;
  const parts = await readTexts(session, as, span);
  return [
    ...(other === undefined ? [] : [finding('reference', textsDrift(other, parts.whole(), smoothing))]),
    finding('first third', textsDrift(parts.first, parts.last, smoothing)),
  ];
}

/** Values that repeat in the reference are counted in SQL; a continuous feature is sorted here. */
function isCounted(reference: NumberParts | undefined, rows: number): boolean {
  return reference !== undefined && reference.sorted.values.length < rows / 2;
}

function numbersDrift(
  reference: NumberParts,
  current: NumberParts,
  smoothing: ShadowRequest['smoothing'],
): DriftResult {
  const plan = planOfNumbers(reference);
  const sides = { reference: numberSide(plan, reference), current: numberSide(plan, current) };
  return measureDriftFromCounts({ plan, ...sides }, { smoothing });
}

function textsDrift(
  reference: TextParts,
  current: TextParts,
  smoothing: ShadowRequest['smoothing'],
): DriftResult {
  const plan = planOfTexts(reference);
  const sides = { reference: textSide(plan, reference), current: textSide(plan, current) };
  return measureDriftFromCounts({ plan, ...sides }, { smoothing });
}

/** Adjusted over all columns of one comparison. */
function adjusted(findings: readonly Finding[]): DriftFinding[] {
  return (['reference', 'first third'] as const).flatMap((against) => {
    const own = findings.filter((finding) => finding.against === against);
    const ps = adjustAcrossFeatures(own.map(({ result }) => result));
    return own.map((finding, index) => ({ ...finding, adjustedP: ps[index] }));
  });
}
