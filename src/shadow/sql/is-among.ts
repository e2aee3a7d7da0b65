/**
 * Whether an expression is one of some quoted texts; NULL is none of them. Not by IN: DuckDB makes a join of a list of five or more, and joins
 * do not keep the order of rows.
 */
export function isAmong(expression: string, quoted: readonly string[]): string {
  if (quoted.length === 0) return '(1 = 0)';
  const whens = quoted.map((text) => `WHEN ${text} THEN 1`).join(' ');
  return `(CASE ${expression} ${whens} ELSE 0 END = 1)`;
}
