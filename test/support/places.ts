import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root: from a test, and from a bundle of one in a folder of the repository. */
export const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** The committed bundles, or others to try out before they are committed. */
export const DIST = process.env['KG_DIST'] ?? join(ROOT, 'dist');

function rootAbove(folder: string): string {
  if (existsSync(join(folder, '.github/ARCHITECTURE.md'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('This runs in the repository of Known Good.');
  return rootAbove(above);
}
