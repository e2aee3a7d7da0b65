import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const DEEPEST = 6;
const MOST_ENTRIES = 50_000;
/** Folders that hold what others made: nothing in them is the repository's own. */
const FOREIGN =
  /^(?:\..*|node_modules|venv|env|site-packages|__pycache__|dist|build|target|mlruns|wandb|lightning_logs)$/;

/**
 * Paths of the regular files below a folder whose names match, with `/`, nearest first and then by name. Hidden folders, links and folders
 * of installed code are passed over; after 50,000 entries the search ends. A folder that cannot be read counts as empty.
 */
export async function walkFolder(folder: string, wanted: RegExp): Promise<string[]> {
  const found: string[] = [];
  let seen = 0;
  let level = [''];
  for (let depth = 0; depth <= DEEPEST && level.length > 0 && seen < MOST_ENTRIES; depth++) {
    const below: string[] = [];
    for (const place of level) {
      const entries = await readdir(join(folder, place), { withFileTypes: true }).catch(() => []);
      seen += entries.length;
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = place === '' ? entry.name : `${place}/${entry.name}`;
        if (entry.isFile() && wanted.test(entry.name)) found.push(path);
        if (entry.isDirectory() && !FOREIGN.test(entry.name)) below.push(path);
      }
      if (seen >= MOST_ENTRIES) break;
    }
    level = below;
  }
  return found;
}
