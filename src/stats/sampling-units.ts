/** What is drawn together: single rows, or all rows of a cluster (an entity, a customer, a day). */
export interface SamplingUnits {
  /** Number of units. */
  count: number;
  /** Whether units are clusters. */
  clustered: boolean;
  /** Rows of the given units, repeats allowed, in their order. */
  rowsOf(units: Int32Array): Int32Array;
}

/** Units of n rows; with `clusters` (n ids, any integers), rows of the same id form one unit. */
export function samplingUnits(n: number, clusters: Int32Array | undefined): SamplingUnits {
  if (clusters === undefined) return { count: n, clustered: false, rowsOf: (units) => units };
  const members = membersOf(clusters);
  return { count: members.length, clustered: true, rowsOf: (units) => concatenate(members, units) };
}

function membersOf(clusters: Int32Array): Int32Array[] {
  const rowsById = new Map<number, number[]>();
  clusters.forEach((id, row) => {
    const rows = rowsById.get(id);
    if (rows) rows.push(row);
    else rowsById.set(id, [row]);
  });
  return [...rowsById.values()].map((rows) => Int32Array.from(rows));
}

function concatenate(members: readonly Int32Array[], units: Int32Array): Int32Array {
  let length = 0;
  for (const unit of units) length += members[unit]?.length ?? 0;
  const rows = new Int32Array(length);
  let filled = 0;
  for (const unit of units) {
    const own = members[unit] ?? new Int32Array(0);
    rows.set(own, filled);
    filled += own.length;
  }
  return rows;
}
