import type { Sample } from '../../core/task.ts';
import type { CalibrationBin } from '../../report/figures.ts';
import type {
  DriftRow,
  ErrorKind,
  LatencyRow,
  PromisedDifference,
  ScoreDensity,
  ShadowFigures,
  TimePoint,
} from '../../report/shadow/shadow-figures.ts';
import type { DriftFinding, LatencyFacts, ScoredRows, ShadowFacts, TimeBucket } from '../../shadow/facts.ts';
import { reliabilityBins } from '../../stats/calibration.ts';
import { decileCalibration } from '../../stats/decile-calibration.ts';

/** What the tables and charts of the report are drawn from. */
export function shadowFiguresOf(facts: ShadowFacts): ShadowFigures {
  const { agreement, matured, latency, scored } = facts;
  const density = densityOf(scored, facts.task === 'binary-classification');
  const calibration = matured.known
    ? { champion: calibrationOf(matured.value.champion), challenger: calibrationOf(matured.value.challenger) }
    : undefined;
  const { flips, n } = agreement;
  return {
    ...(density === undefined ? {} : { density }),
    ...(calibration === undefined || calibration.challenger.length === 0 ? {} : { calibration }),
    overTime: facts.overTime.map((bucket) => pointOf(bucket, flips !== undefined)),
    drift: facts.drift.findings.map(driftRow),
    ...(latency === undefined ? {} : { latency: latencyRows(latency) }),
    disagreements: agreement.largest,
    sliceDisagreements: agreement.slices,
    differences: agreement.difference.quantiles,
    ...(flips === undefined ? {} : { flips: { n, ...flips } }),
    failures: facts.failures,
    errors: errorKinds(facts),
    peculiar: facts.peculiar,
    promised: promisedOf(facts),
  };
}

const DENSITY_BINS = 40;

/** Scores in 40 equal bins: over [0, 1] for probabilities, else over what was seen. */
function densityOf(
  { n, champion, challenger }: ScoredRows,
  probabilities: boolean,
): ScoreDensity | undefined {
  if (n === 0) return undefined;
  let [from, to] = [0, 1];
  if (!probabilities) {
    [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const scores of [champion, challenger]) {
      for (const score of scores) {
        if (score < from) from = score;
        if (score > to) to = score;
      }
    }
    if (from === to) return undefined;
  }
  const shares = (scores: Float64Array): number[] => {
    const counts = new Float64Array(DENSITY_BINS);
    for (const score of scores) {
      const bin = Math.min(DENSITY_BINS - 1, Math.floor(((score - from) / (to - from)) * DENSITY_BINS));
      counts[bin] = (counts[bin] as number) + 1;
    }
    return Array.from(counts, (count) => count / n);
  };
  return { from, to, champion: shares(champion), challenger: shares(challenger) };
}

function calibrationOf(sample: Sample): CalibrationBin[] {
  if (sample.task === 'regression') return decileCalibration(sample.predictions, sample.labels);
  if (sample.task !== 'binary-classification') return [];
  return reliabilityBins(sample)
    .filter((bin) => bin.count > 0)
    .map((bin) => ({ predicted: bin.meanPrediction, observed: bin.observedRate, count: bin.count }));
}

function pointOf(
  { from, rows, scored, flips, labelled, champion, challenger }: TimeBucket,
  hasFlips: boolean,
): TimePoint {
  const known = (quantiles: TimeBucket['champion']): TimeBucket['champion'] | undefined =>
    Number.isFinite(quantiles.p50) ? quantiles : undefined;
  return {
    from,
    rows,
    disagreement: hasFlips && scored > 0 ? flips / scored : undefined,
    labelled: labelled / rows,
    champion: known(champion),
    challenger: known(challenger),
  };
}

function driftRow({ name, of, against, result, adjustedP }: DriftFinding): DriftRow {
  const { psi, noiseFloor, wasserstein, js, kl, kind, missing, judgement } = result;
  const distance = kind === 'categorical' ? undefined : wasserstein;
  const normalised = distance?.normalised;
  return {
    name,
    of,
    against,
    psi,
    noise: noiseFloor,
    effect: effectOf(result),
    ...(distance === undefined || normalised === undefined
      ? {}
      : { wasserstein: { raw: distance.raw, normalised } }),
    jensenShannon: js,
    kullbackLeibler: kl,
    adjustedP,
    missing,
    judgement,
  };
}

function effectOf({ kind, ks, chiSquare }: DriftFinding['result']): DriftRow['effect'] {
  if (kind !== 'categorical' && ks !== undefined) return { name: 'D', value: ks.d };
  return chiSquare === undefined ? undefined : { name: 'V', value: chiSquare.v };
}

function latencyRows({ champion, challenger }: LatencyFacts): LatencyRow[] {
  return champion.flatMap((theirs, index): LatencyRow[] => {
    const ours = challenger[index];
    if (ours === undefined) return [];
    return [
      {
        share: theirs.share,
        champion: theirs.value,
        challenger: ours.value,
        ...(theirs.interval === undefined
          ? {}
          : { championInterval: [theirs.interval.low, theirs.interval.high] }),
        ...(ours.interval === undefined
          ? {}
          : { challengerInterval: [ours.interval.low, ours.interval.high] }),
      },
    ];
  });
}

function errorKinds({ outcomes }: ShadowFacts): ErrorKind[] {
  const kinds = new Map<string, ErrorKind>();
  for (const side of ['champion', 'challenger'] as const) {
    const { errors, otherErrors, notANumber, silent } = outcomes[side];
    const all = [
      ...errors,
      { kind: 'other errors', rows: otherErrors },
      { kind: 'NaN, infinite or no probability', rows: notANumber },
      { kind: 'neither score nor error', rows: silent },
    ];
    for (const { kind, rows } of all) {
      if (rows === 0) continue;
      const row = kinds.get(kind) ?? { kind, champion: 0, challenger: 0 };
      kinds.set(kind, { ...row, [side]: rows });
    }
  }
  return [...kinds.values()].toSorted((a, b) => b.champion + b.challenger - a.champion - a.challenger);
}

function promisedOf({ promised }: ShadowFacts): PromisedDifference[] {
  if (promised?.known !== true) return [];
  return promised.value.map(({ metric, difference, interval }) => ({
    metric,
    difference,
    ...(interval === undefined ? {} : { interval }),
  }));
}
