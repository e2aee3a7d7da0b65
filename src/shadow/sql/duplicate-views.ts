import type { SqlDialect } from '../../core/sql-engine.ts';
import { FATE } from './request-views.ts';

/** Counts the fingerprints of ids that occur more than once: 0 where no id does. Columns: `repeated`. */
export function countRepeatedIds(dialect: SqlDialect): string {
  return `SELECT count(*) AS repeated FROM (${repeatedPrints(dialect)}) AS prints`;
}

function repeatedPrints(dialect: SqlDialect): string {
  const print = dialect.fingerprint('id');
  return `SELECT ${print} AS print FROM requests WHERE fate = ${FATE.counts} GROUP BY 1 HAVING count(*) > 1`;
}

/** `repeated`: each id that occurs more than once, with the position of its first row. Only ids whose fingerprint repeats are grouped as texts. */
export function repeatedTable(dialect: SqlDialect): string {
  const print = dialect.fingerprint('id');
  return `CREATE TABLE repeated AS SELECT id, min(position) AS first_position FROM requests WHERE fate = ${FATE.counts} AND ${print} IN (${repeatedPrints(dialect)}) GROUP BY id HAVING count(*) > 1`;
}

/** `counted`: the rows that count, of each id the first one; `repeats` says whether the table `repeated` is there. */
export function countedView(repeats: boolean): string {
  const rows = `SELECT r.* FROM requests AS r`;
  return repeats
    ? `CREATE VIEW counted AS ${rows} LEFT JOIN repeated AS d ON d.id = r.id WHERE r.fate = ${FATE.counts} AND (d.id IS NULL OR r.position = d.first_position)`
    : `CREATE VIEW counted AS ${rows} WHERE r.fate = ${FATE.counts}`;
}

/** Rows that repeat an id, and those of them that say something else than the first. Columns: `rows`, `differing`. */
export function countDuplicates(): string {
  const same = ['champion_score', 'challenger_score', 'champion_error', 'challenger_error']
    .map((column) => `r.${column} IS NOT DISTINCT FROM f.${column}`)
    .join(' AND ');
  return `SELECT count(*) AS rows_again, count(*) FILTER (WHERE NOT (${same})) AS differing FROM requests AS r JOIN repeated AS d ON d.id = r.id JOIN requests AS f ON f.position = d.first_position WHERE r.fate = ${FATE.counts} AND r.position <> d.first_position`;
}
