import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads a file of test/fixtures/github: from a test, from a bundle in a folder of the repository, or from one run in it. */
export function fixtureText(name: string): string {
  const starts = [dirname(fileURLToPath(import.meta.url)), process.cwd()];
  const path = starts
    .flatMap(upwards)
    .map((folder) => join(folder, 'test/fixtures/github', name))
    .find(existsSync);
  if (path === undefined)
    throw new Error(`There is no test/fixtures/github/${name} above ${starts.join(' or ')}.`);
  return readFileSync(path, 'utf8');
}

function upwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}
