/** The bands between ascending edges, lowest first: `< 30`, `30 to < 45`, `≥ 45`. One more than there are edges. */
export function bandNames(edges: readonly number[]): string[] {
  return Array.from({ length: edges.length + 1 }, (_, index) => {
    if (index === 0) return `< ${edges[0]}`;
    return index === edges.length ? `≥ ${edges.at(-1)}` : `${edges[index - 1]} to < ${edges[index]}`;
  });
}
