import type { Fact } from '../../core/fact.ts';
import type { DataFacts } from '../../gate/facts.ts';
import { booleanAsNumber } from '../../gate/mapping/boolean-labels.ts';
import { classMap, classMapText } from '../../gate/mapping/class-map.ts';
import { countLabels } from '../../gate/mapping/labels.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import type { LabelScheme } from '../../gate/mapping/to-sample.ts';

/** What was made of the labels, to be printed whether it is known or assumed: booleans as numbers, and the class of each column. */
export function classAssumptions(
  labels: { texts: readonly string[]; label: string },
  measured: {
    scheme: Fact<LabelScheme>;
    challenger: DataFacts['challenger'];
    fileClasses: readonly string[] | undefined;
  },
): string[] {
  const { scheme, challenger, fileClasses } = measured;
  if (!scheme.known || scheme.value.task === 'regression') return booleans(labels);
  if (!challenger.known) return booleans(labels);
  const { answers, named } = challenger.value;
  const map = classMap({ scheme: scheme.value, answers, fileClasses, named });
  if (map === undefined) return booleans(labels);
  const because = map.because ?? 'assumed: the labels in their natural order';
  return [...booleans(labels), `${classMapText(map)} (${because})`];
}

function booleans({ texts, label }: { texts: readonly string[]; label: string }): string[] {
  const names = [...countLabels(texts).keys()];
  if (names.length === 0 || names.some((name) => booleanAsNumber(name) === undefined)) return [];
  return [`labels ${listNames(names)} read as 0 and 1 in ${quote(label)}`];
}
