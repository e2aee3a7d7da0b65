import type { CheckResult } from '../../core/check.ts';
import { formatMetric } from '../../core/format-metric.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS } from '../../core/metric.ts';
import type { Sample } from '../../core/task.ts';
import { comparePaired } from '../../stats/compare-paired.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import { naiveSample } from '../../stats/naive.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';

/** What tells at once that classes were mixed up. */
const TELLING: Partial<Record<Sample['task'], MetricKey>> = {
  'binary-classification': 'roc_auc',
  'multiclass-classification': 'accuracy',
};

/**
 * A model that is proved to be worse than a predictor that sees nothing was probably read with its classes mixed up; then
 * every comparison points the wrong way. That holds the verdict, whichever of the two models it is.
 */
export function worseThanGuessing(data: DataFacts, facts: GateFacts): CheckResult[] {
  const sides = [
    { name: 'champion', fact: data.champion },
    { name: 'challenger', fact: data.challenger },
  ] as const;
  return sides.flatMap(({ name, fact }) =>
    fact?.known ? suspect(name, { sample: fact.value.sample, data, facts }) : [],
  );
}

function suspect(
  name: 'champion' | 'challenger',
  { sample, data, facts }: { sample: Sample; data: DataFacts; facts: GateFacts },
): CheckResult[] {
  const key = TELLING[sample.task];
  const naive = key === undefined ? undefined : naiveSample(sample);
  if (key === undefined || naive === undefined) return [];
  const clusters = data.clusters === undefined ? {} : { clusters: data.clusters };
  const compared = comparePaired(key, { champion: naive, challenger: sample }, { margin: 0, ...clusters });
  if (compared.decision !== 'fail') return [];
  return [
    result({
      id: `${data.role === 'frozen' ? 'champion.frozen' : 'champion'}.guessing.${name}`,
      check: 'champion',
      role: 'gate',
      outcome: 'hold',
      reason: 'worse-than-guessing',
      subject: data.role,
      measured: computeMetric(key, sample),
      unit: METRICS[key].unit,
      n: data.rows,
      message: `${METRICS[key].name} of the ${name} is ${formatMetric(key, computeMetric(key, sample))}, proved to be worse than guessing: ${questionOf(data)}${orderOf(facts).question}`,
      settle: `Name the positive class (--positive, or outputs: { positive: … }), or the classes in the order of the model (--classes, or outputs: { classes: […] })${orderOf(facts).settle}.`,
    }),
  ];
}

function questionOf({ scheme }: DataFacts): string {
  if (!scheme.known || scheme.value.task === 'regression') return 'are the classes right?';
  if (scheme.value.task === 'binary-classification')
    return `is ${quote(scheme.value.positive)} really the positive class?`;
  return `are the model's columns really ${listNames(scheme.value.classes, 8)}, in this order?`;
}

/** Features in the order of the table's columns are nobody's word either. */
function orderOf({ contract, predictions }: GateFacts): { question: string; settle: string } {
  const guessed = predictions === 'measured' && contract.known && contract.value.source === 'table';
  return guessed
    ? {
        question: " And are the table's columns in the order of the model's features?",
        settle: ', or the features in its order (--features, or contract: { features: … })',
      }
    : { question: '', settle: '' };
}
