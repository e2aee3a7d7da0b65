import { formatCount } from '../core/format-number.ts';

/** `1 row`, `5,000 rows`; the plural is made with an s. */
export function countOf(n: number, noun: string): string {
  return `${formatCount(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** What settles a hold: how many rows to add to the `n` at hand, and how many that makes; of clusters new ones count. */
export function moreRows(needed: number, n: number, { clustered = false } = {}): string {
  const [more, all] = [needed - n, needed].map(twoDigits);
  const total = all !== undefined && all > n ? all : needed;
  const rows = countOf(more ?? needed - n, 'more labelled row');
  const where = clustered ? ' in new clusters' : '';
  return `Collect about ${rows}${where} (${formatCount(total)} in all would probably settle it), then run the gate again.`;
}

function twoDigits(count: number): number {
  return Number(count.toPrecision(2));
}

/** Up to `most` names, quoted and cut at 60 characters, then `and 7 more`. */
export function listNames(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map(quote);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${formatCount(rest)} more` : shown.join(', ');
}

/** A foreign name for a sentence: quoted, control characters escaped, cut at 60 characters. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 57)}…` : name);
}
