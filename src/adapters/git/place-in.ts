import { realpath } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';

/**
 * Where an absolute path lies below the top level of a repository, with `/`; `undefined` outside of it. Links that lead to the
 * repository are followed, those inside of it are left to the revision that is asked.
 */
export async function placeIn(top: string, path: string): Promise<string | undefined> {
  for (const folder of ancestors(path)) {
    const real = await realpath(folder).catch(() => undefined);
    const inner = real === undefined ? undefined : innerPath(top, real);
    if (inner === undefined) continue;
    const rest = relative(folder, path);
    return [inner, rest]
      .filter((part) => part !== '')
      .join(sep)
      .replaceAll(sep, '/');
  }
  return undefined;
}

/** The path and every folder above it, outermost first. */
function ancestors(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [...ancestors(above), path];
}

function innerPath(top: string, path: string): string | undefined {
  if (path === top) return '';
  return path.startsWith(top.endsWith(sep) ? top : top + sep) ? relative(top, path) : undefined;
}
