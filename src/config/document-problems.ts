import type * as z from 'zod';
import { nearestName } from '../core/nearest-name.ts';
import { seen, seenPath } from '../core/seen.ts';
import { metricNamed } from './metric-aliases.ts';

/** One thing wrong in a document: where, and a sentence without its full stop: `saw …, allowed: …`. */
export interface DocumentProblem {
  path: readonly PropertyKey[];
  /** Points at the key rather than at its value. */
  atKey: boolean;
  message: string;
}

type Issue = z.core.$ZodIssue;

/** The value at a path of plain data, own keys only; `undefined` where there is none. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** What was probably meant by an unknown key: an alias of a metric, or a near spelling. */
function nearestKey(key: string, allowed: string): string | undefined {
  const known = allowed.split(', ');
  const metric = metricNamed(key);
  return metric !== undefined && known.includes(metric) ? metric : nearestName(key, known);
}

function unknownKey(path: readonly PropertyKey[], key: string, allowed: string): DocumentProblem {
  const near = nearestKey(key, allowed);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return { path: [...path, key], atKey: true, message: `unknown key, allowed: ${allowed}${hint}` };
}

/** The issues of the branch of a union that was meant: for a mapping the one with the fewest unknown or missing keys. */
function branchIssues(issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown): Issue[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const inside = issue.errors.filter((branch) =>
    branch.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys' || code === 'custom'),
  );
  const cost = (branch: Issue[]) => branch.reduce((sum, next) => sum + issueCost(next), 0);
  return inside.toSorted((a, b) => cost(a) - cost(b))[0];
}

/** An unknown key that is nearly a known one speaks for the branch; one that is not, against it. */
function issueCost(issue: Issue): number {
  if (issue.code !== 'unrecognized_keys') return 1;
  return issue.keys.some((key) => nearestKey(key, issue.message) !== undefined) ? 0.5 : 2;
}

/** Problems from zod's issues; `data` is what was parsed, `at` where it stands in its document. */
export function problemsOf(
  issues: readonly Issue[],
  data: unknown,
  at: readonly PropertyKey[] = [],
): DocumentProblem[] {
  return issues.flatMap((issue): DocumentProblem[] => {
    const path = [...at, ...issue.path];
    const value = valueAt(data, issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(path, key, issue.message));
    if (issue.code === 'invalid_key') {
      const allowed = issue.issues[0]?.message ?? issue.message;
      return [{ path, atKey: true, message: `saw ${seen(issue.path.at(-1))}, allowed: ${allowed}` }];
    }
    if (issue.code === 'invalid_union') {
      const branch = branchIssues(issue, value);
      if (branch !== undefined) return problemsOf(branch, value, path);
    }
    return [
      { path, atKey: false, message: `saw ${withoutPassword(seen(value))}, allowed: ${issue.message}` },
    ];
  });
}

/** User and password of an address are not for logs. */
function withoutPassword(shown: string): string {
  return shown.replace(/\/\/[^/\s]*@/g, '//***@');
}

/** A problem as one line: `gates.latency.p95: saw 5, allowed: a duration …`. */
export function problemLine({ path, message }: DocumentProblem): string {
  return `${seenPath(path)}: ${message}`;
}
