import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf, quote } from '../../verdict/sentences.ts';
import type { LogFacts } from '../facts.ts';
import { formatShare } from '../format-share.ts';
import { placeOf } from '../place-of.ts';
import type { ShadowSettings } from '../settings.ts';

/** What is left out only as far as a limit allows: values, rows, versions and repetitions. */
export function logLimits(log: LogFacts, settings: ShadowSettings): CheckResult[] {
  return [
    ...malformed(log, settings),
    ...unusable(log, settings),
    ...unversioned(log, settings),
    ...duplicates(log, settings),
  ];
}

/** Values that are not what their column holds: more than the limit is an error, as nobody knows what they were. */
function malformed({ malformed }: LogFacts, { coverage }: ShadowSettings): CheckResult[] {
  if (malformed.length === 0) return [];
  const shareOf = ({ count, rows }: LogFacts['malformed'][number]): number => count / Math.max(rows, 1);
  const most = malformed.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a));
  const share = shareOf(most);
  const within = share <= coverage.maxMalformed;
  const list = malformed.map(({ column, count, example }) => {
    const value = `${quote(example.value)} in ${placeOf(example)}`;
    return `${quote(column)}: ${countOf(count, 'value')}, the first is ${value}`;
  });
  return [
    result({
      id: 'log.malformed',
      check: 'log',
      role: 'gate',
      outcome: within ? 'pass' : 'error',
      reason: within ? 'within-limit' : 'malformed',
      measured: share,
      unit: 'share',
      n: most.rows,
      limit: { rule: 'max', value: coverage.maxMalformed },
      message: `Some values are not what their column holds, and count as missing. ${list.join('; ')}.`,
      settle: within
        ? undefined
        : `${mendOf(most.column)}, or allow that share: shadow.coverage.max_malformed.`,
    }),
  ];
}

function mendOf(column: string): string {
  const mend = 'Mend the log or the names of its columns';
  const words = 'if labels are words, name the positive class (--positive, outputs.positive)';
  return /label/i.test(column) ? `${mend}; ${words}` : mend;
}

/** Rows that cannot be a request: without an id or a time, or from the future. */
function unusable(
  { rows, withoutId, withoutTime, fromFuture }: LogFacts,
  { coverage }: ShadowSettings,
): CheckResult[] {
  const count = withoutId + withoutTime + fromFuture;
  if (count === 0) return [];
  const share = count / Math.max(rows, 1);
  const within = share <= coverage.maxMalformed;
  const parts = [
    ...(withoutId === 0 ? [] : [`without an id ${formatCount(withoutId)}`]),
    ...(withoutTime === 0 ? [] : [`without a time ${formatCount(withoutTime)}`]),
    ...(fromFuture === 0 ? [] : [`from the future ${formatCount(fromFuture)}`]),
  ];
  return [
    result({
      id: 'log.unusable',
      check: 'log',
      role: 'gate',
      outcome: within ? 'pass' : 'error',
      reason: within ? 'within-limit' : 'above-max',
      measured: share,
      unit: 'share',
      n: rows,
      limit: { rule: 'max', value: coverage.maxMalformed },
      message: `${countOf(count, 'row')} (${formatShare(share)}) cannot be placed and are left out: ${parts.join(', ')}.`,
      settle: within
        ? undefined
        : 'Mend the log, its clocks, or the names of its columns, or allow that share: shadow.coverage.max_malformed.',
    }),
  ];
}

/** Answers that do not say whose they are, though others do: they could hide what one of the releases did. */
function unversioned({ rows, withoutVersion }: LogFacts, { coverage }: ShadowSettings): CheckResult[] {
  if (withoutVersion === 0) return [];
  const share = withoutVersion / Math.max(rows, 1);
  const within = share <= coverage.maxUnmatched;
  return [
    result({
      id: 'log.without-version',
      check: 'log',
      role: 'gate',
      outcome: within ? 'pass' : 'hold',
      reason: within ? 'within-limit' : 'above-max',
      measured: share,
      unit: 'share',
      n: rows,
      limit: { rule: 'max', value: coverage.maxUnmatched },
      message: `${countOf(withoutVersion, 'row')} (${formatShare(share)}) have an answer that does not say which release gave it, and are left out.`,
      settle: within
        ? undefined
        : 'Log the version with every answer, begin the window where it is logged, or allow that share: shadow.coverage.max_unmatched.',
    }),
  ];
}

function duplicates({ duplicates, rows }: LogFacts, { coverage }: ShadowSettings): CheckResult[] {
  if (duplicates.rows === 0) return [];
  const share = duplicates.rows / Math.max(rows, 1);
  const within = share <= coverage.maxDuplicates;
  const differ =
    duplicates.differing === 0
      ? 'all say the same as the first'
      : `${formatCount(duplicates.differing)} of them say something else than the first`;
  return [
    result({
      id: 'log.duplicates',
      check: 'log',
      role: 'gate',
      outcome: within ? 'pass' : 'fail',
      reason: within ? 'within-limit' : 'above-max',
      measured: share,
      unit: 'share',
      n: rows,
      limit: { rule: 'max', value: coverage.maxDuplicates },
      message: `${countOf(duplicates.rows, 'row')} (${formatShare(share)}) repeat an id; ${differ}. The first row of each id counts.`,
      settle: within
        ? undefined
        : 'Log every request once, or allow that share: shadow.coverage.max_duplicates.',
    }),
  ];
}
