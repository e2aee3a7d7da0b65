import type { CheckResult } from '../core/check.ts';
import type { Outcome } from '../core/outcome.ts';

/** The longest texts that the verdict's schema takes. */
const LONGEST: Readonly<Record<string, number>> = {
  message: 4000,
  settle: 4000,
  id: 400,
  subject: 400,
  measured: 1000,
};

/** Leaves out the keys whose value is `undefined` or not finite, and cuts long texts, as the verdict's schema wants. */
export function result(fields: { [K in keyof CheckResult]: CheckResult[K] | undefined }): CheckResult {
  const kept = Object.entries(fields).flatMap(([key, value]) => {
    const numbers: readonly unknown[] = Array.isArray(value) ? value : [value];
    const odd = numbers.some((each) => typeof each === 'number' && !Number.isFinite(each));
    return value === undefined || odd ? [] : [[key, typeof value === 'string' ? cut(key, value) : value]];
  });
  return Object.fromEntries(kept) as CheckResult;
}

function cut(key: string, text: string): string {
  const longest = LONGEST[key] ?? text.length;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** What a check says when the thing it looks at could not be learned: a gate is `error`, an inform is `hold`. */
export function unmeasured(role: 'gate' | 'inform'): Outcome {
  return role === 'gate' ? 'error' : 'hold';
}
