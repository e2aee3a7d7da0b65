import type { Git } from './run-git.ts';

/** As many links as Linux follows in one path. */
const MOST_LINKS = 40;
const LINK = '120000';

/**
 * A path of a commit with every link on it followed inside that commit; `undefined` when nothing is there, when a link leads out of
 * the repository, or in circles.
 */
export async function followLinks(
  git: Git,
  { commit, path }: { commit: string; path: string },
): Promise<string | undefined> {
  const done: string[] = [];
  const rest = path.split('/');
  for (let links = 0; links <= MOST_LINKS;) {
    const next = rest.shift();
    if (next === undefined) return done.join('/');
    if (next === '' || next === '.') continue;
    if (next === '..') {
      if (done.pop() === undefined) return undefined;
      continue;
    }
    const entry = await entryAt(git, commit, [...done, next].join('/'));
    if (entry === undefined) return undefined;
    if (entry.mode !== LINK) {
      done.push(next);
      continue;
    }
    const target = (await git('cat-file', 'blob', entry.object))?.toString('utf8');
    if (target === undefined || target.startsWith('/')) return undefined;
    rest.unshift(...target.split('/'));
    links += 1;
  }
  return undefined;
}

async function entryAt(
  git: Git,
  commit: string,
  path: string,
): Promise<{ mode: string; object: string } | undefined> {
  const listing = await git('ls-tree', '-z', commit, '--', path);
  const [entry = ''] = (listing?.toString('utf8') ?? '').split('\t');
  const [mode = '', , object = ''] = entry.split(' ');
  return object === '' ? undefined : { mode, object };
}
