/**
 * How long a `Retry-After` header asks to wait, in milliseconds ≥ 0: seconds, or a date that is compared with the server's own `Date`
 * where it gave one. `undefined` without a readable header. Source: RFC 9110, section 10.2.3.
 */
export function retryAfter(
  headers: { 'retry-after'?: string | undefined; date?: string | undefined },
  now: number,
): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // Date.parse alone would read almost anything.
  const date = /^[A-Za-z]{3,9}, .+ GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  const reference = Date.parse(headers.date ?? '');
  if (Number.isNaN(date)) return undefined;
  return Math.max(0, date - (Number.isNaN(reference) ? now : reference));
}
