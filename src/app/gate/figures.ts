import type { Sample } from '../../core/task.ts';
import type { GateFacts } from '../../gate/facts.ts';
import type { CalibrationBin, CurvePoint, GateFigures } from '../../report/figures.ts';
import { reliabilityBins } from '../../stats/calibration.ts';
import { rocCurve } from '../../stats/roc-curve.ts';

/** The points of the charts, from the test table. */
export function figuresOf(facts: GateFacts): GateFigures {
  const data = facts.data.find((each) => each.role !== 'frozen');
  if (data === undefined || !data.challenger.known) return {};
  const challenger = data.challenger.value.sample;
  const champion = data.champion?.known ? data.champion.value.sample : undefined;
  const roc = pair(challenger, champion, rocOf);
  const calibration = pair(challenger, champion, calibrationOf);
  return { ...(roc === undefined ? {} : { roc }), ...(calibration === undefined ? {} : { calibration }) };
}

function pair<T>(
  challenger: Sample,
  champion: Sample | undefined,
  make: (sample: Sample) => T[],
): { challenger: T[]; champion?: T[] } | undefined {
  const ours = make(challenger);
  if (ours.length === 0) return undefined;
  const theirs = champion === undefined ? [] : make(champion);
  return theirs.length === 0 ? { challenger: ours } : { challenger: ours, champion: theirs };
}

function rocOf(sample: Sample): CurvePoint[] {
  if (sample.task !== 'binary-classification') return [];
  return rocCurve(sample.labels, sample.scores).map((point) => ({
    x: point.falsePositiveRate,
    y: point.truePositiveRate,
  }));
}

function calibrationOf(sample: Sample): CalibrationBin[] {
  switch (sample.task) {
    case 'binary-classification':
    case 'multiclass-classification':
      return reliabilityBins(sample)
        .filter((bin) => bin.count > 0)
        .map((bin) => ({ predicted: bin.meanPrediction, observed: bin.observedRate, count: bin.count }));
    case 'regression':
      return decileBins(sample.predictions, sample.labels);
    case 'score':
      return [];
  }
}

const BINS = 10;

/** Ten bins of equally many rows in the order of the prediction: mean prediction against mean label. */
function decileBins(predictions: Float64Array, labels: Float64Array): CalibrationBin[] {
  const order = Array.from(predictions.keys()).toSorted(
    (a, b) => (predictions[a] ?? 0) - (predictions[b] ?? 0),
  );
  const bins = Math.min(BINS, order.length);
  return Array.from({ length: bins }, (_, bin) => {
    const rows = order.slice(
      Math.floor((bin * order.length) / bins),
      Math.floor(((bin + 1) * order.length) / bins),
    );
    const mean = (values: Float64Array) =>
      rows.reduce((sum, row) => sum + (values[row] ?? 0), 0) / rows.length;
    return { predicted: mean(predictions), observed: mean(labels), count: rows.length };
  });
}
