// Writes the input and output tables of every action's README from its action.yml, between the markers.
// usage: node .config/action-readmes.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const actions = fileURLToPath(new URL('../actions', import.meta.url));

for (const name of readdirSync(actions)) {
  const readme = join(actions, name, 'README.md');
  const declared = parse(readFileSync(join(actions, name, 'action.yml'), 'utf8'));
  writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), declared));
}

/** The README with its tables made anew. */
export function withTables(text, { inputs = {}, outputs = {} }) {
  const tables = {
    inputs: table(
      ['input', 'what it is', 'default'],
      Object.entries(inputs).map(([name, input]) => [
        `\`${name}\``,
        input.description,
        input.default === undefined ? '' : `\`${input.default}\``,
      ]),
    ),
    outputs: table(
      ['output', 'what it is'],
      Object.entries(outputs).map(([name, output]) => [`\`${name}\``, output.description]),
    ),
  };
  return Object.entries(tables).reduce(
    (all, [name, rows]) =>
      all.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), `$1\n${rows}\n\n$2`),
    text,
  );
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
