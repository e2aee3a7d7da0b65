// The licence texts of everything that was bundled, in one file beside the bundles.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the licences of the packages that these module paths lie in. */
export async function writeLicences(moduleIds, file) {
  const folders = [
    ...new Set([...moduleIds].flatMap((id) => id.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? [])),
  ].toSorted();
  const texts = await Promise.all(folders.map(licenceOf));
  await writeFile(file, texts.join(`\n${'-'.repeat(80)}\n\n`));
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const named = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = named === undefined ? `Licence: ${license}\n` : await readFile(join(folder, named), 'utf8');
  return `${name} ${version}\n\n${text.trim()}\n`;
}
