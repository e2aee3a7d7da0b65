let last = 0;

/** Numbers that rise, for all servers of a test process: what happened before what. */
export function tick(): number {
  last += 1;
  return last;
}
