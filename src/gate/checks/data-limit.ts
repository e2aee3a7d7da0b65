import type { CheckResult } from '../../core/check.ts';
import type { DataFacts } from '../facts.ts';
import { result } from '../../verdict/check-result.ts';

/** The id of a check on one table: `data.labels`, `data.frozen.labels`. */
export function dataId(data: DataFacts, name: string): string {
  return data.role === 'frozen' ? `data.frozen.${name}` : `data.${name}`;
}

/** A number of rows or ids that should be few. */
export interface Counted {
  id: string;
  data: DataFacts;
  /** The most there may be; absent where nobody set a limit. */
  limit: number | undefined;
  seen: number;
  /** Without a limit any at all holds, instead of being shown alone. */
  holds?: boolean;
  message: string;
}

/** Holds a count against its limit: above it fails; without a limit it is shown, or holds where `holds` says so. */
export function countLimit({ id, data, limit, seen, holds = false, message }: Counted): CheckResult {
  const within = limit === undefined ? seen === 0 : seen <= limit;
  return result({
    id,
    check: 'data',
    role: limit === undefined && !holds ? 'inform' : 'gate',
    outcome: within ? 'pass' : limit === undefined ? 'hold' : 'fail',
    reason: within ? 'within-limit' : 'above-max',
    subject: data.role,
    measured: seen,
    unit: 'rows',
    n: data.rows,
    limit: limit === undefined ? undefined : { rule: 'max', value: limit },
    message,
    settle: within ? undefined : 'Remove these rows from the test table.',
  });
}

/** What a limit is about could not be learned. */
export function untold(id: string, data: DataFacts, told: { message: string; settle?: string }): CheckResult {
  return result({
    id,
    check: 'data',
    role: 'gate',
    outcome: 'error',
    reason: 'not-measured',
    subject: data.role,
    message: told.message,
    settle: told.settle,
  });
}
