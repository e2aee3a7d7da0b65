/** Dots beyond this are part of the last key. */
const MOST_DOTS = 4;

/**
 * The ways to read a dotted name as keys inside each other, the longest first key first: `a.b.c` is `a.b.c`, `a.b`→`c`, `a`→`b.c`,
 * `a`→`b`→`c`. A key that has dots itself wins over the same path through objects.
 */
export function fieldKeys(name: string): string[][] {
  const parts = name.split('.');
  const words =
    parts.length > MOST_DOTS + 1 ? [...parts.slice(0, MOST_DOTS), parts.slice(MOST_DOTS).join('.')] : parts;
  return splits(words);
}

function splits(words: readonly string[]): string[][] {
  const ways = [[words.join('.')]];
  for (let taken = words.length - 1; taken > 0; taken--) {
    const key = words.slice(0, taken).join('.');
    for (const rest of splits(words.slice(taken))) ways.push([key, ...rest]);
  }
  return ways;
}
