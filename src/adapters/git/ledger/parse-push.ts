/**
 * What `git push --porcelain` says of one ref: it moved; it was `behind`, so that nothing was sent; the remote refused,
 * in its own words; or nothing certain.
 */
export type PushAnswer =
  { kind: 'moved' } | { kind: 'behind' } | { kind: 'refused'; reason: string } | { kind: 'none' };

/** Reads `<flag>\t<from>:<to>\t<summary> (<reason>)` (git-push, "output"), which is the same in every language. */
export function parsePush(stdout: string, ref: string): PushAnswer {
  for (const line of stdout.split('\n')) {
    const [flag = '', refs = '', ...rest] = line.split('\t');
    if (!refs.endsWith(`:${ref}`)) continue;
    const summary = rest.join(' ');
    if (flag === ' ' || flag === '*' || flag === '=') return { kind: 'moved' };
    if (flag !== '!') return { kind: 'none' };
    if (summary.startsWith('[rejected]')) return { kind: 'behind' };
    const refused = /^\[remote rejected\](?: \((.*)\))?/.exec(summary);
    return refused === null ? { kind: 'none' } : { kind: 'refused', reason: refused[1] ?? '' };
  }
  return { kind: 'none' };
}
