import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { walkFolder } from '../../adapters/files/walk-folder.ts';
import { readRepositoryFacts } from '../../adapters/git/repository-facts.ts';
import { gitIn, lineOf } from '../../adapters/git/run-git.ts';
import { createTables } from '../../adapters/tables/create-tables.ts';
import { guessLabel, guessTaskByLabels } from '../../app/setup/guess-label.ts';
import { parseRemote } from '../../app/setup/parse-remote.ts';
import { INIT_CONFIG } from '../../app/setup/plan-init.ts';
import { workflowPath } from '../../app/setup/plan-workflows.ts';
import type { FoundTable, InitFacts } from '../../app/setup/setup-facts.ts';

const MOST_TABLES = 50;
const MOST_BYTES = 2 ** 20;
const TABLE = /\.(?:csv|tsv|jsonl|ndjson)(?:\.gz)?$/i;
const NOWHERE: readonly string[] = [];

/** What is in a folder, and its root: the repository's top where there is one. Nothing is written, and nothing leaves the machine. */
export async function lookAround(
  cwd: string,
  templates: InitFacts['templates'],
): Promise<{ root: string; facts: InitFacts }> {
  const repository = await readRepositoryFacts(cwd);
  const root = repository.root ?? cwd;
  const [models, found, address] = await Promise.all([
    walkFolder(root, /\.onnx$/i),
    walkFolder(root, TABLE),
    lineOf(gitIn(root), 'remote', 'get-url', 'origin'),
  ]);
  const tables = (await Promise.all(found.slice(0, MOST_TABLES).map((path) => readHead(root, path)))).flat();
  const facts = {
    folder: basename(root),
    remote: address === undefined ? undefined : parseRemote(address),
    defaultBranch: repository.defaultRef.replace('refs/heads/', ''),
    models,
    tables,
    tasks: await readTasks(root, tables),
    existing: await readExisting(root, [INIT_CONFIG, ...(await workflowsIn(root))]),
    templates,
  };
  return { root, facts };
}

/** A table that cannot be read is none that a model is measured on. */
async function readHead(root: string, path: string): Promise<FoundTable[]> {
  const head = await createTables()
    .head(join(root, path))
    .catch(() => undefined);
  return head === undefined ? [] : [{ path, columns: head.columns }];
}

async function readTasks(root: string, tables: readonly FoundTable[]): Promise<InitFacts['tasks']> {
  const tasks = tables.map(async (table) => {
    const label = guessLabel(table);
    const labels = label === undefined ? NOWHERE : await readLabels(join(root, table.path), label);
    return labels.length === 0 ? [] : [[table.path, guessTaskByLabels(labels)] as const];
  });
  return Object.fromEntries((await Promise.all(tasks)).flat());
}

async function readLabels(path: string, name: string): Promise<readonly string[]> {
  const table = await createTables()
    .read(path, [{ name, type: 'string' }])
    .catch(() => undefined);
  const column = table?.columns.get(name);
  return column?.type === 'string' ? column.values : NOWHERE;
}

/** The workflows that are there, ours or not: each may have a pin of Known Good. */
async function workflowsIn(root: string): Promise<string[]> {
  const names = await readdir(join(root, workflowPath(''))).catch((): string[] => []);
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map(workflowPath);
}

async function readExisting(root: string, paths: readonly string[]): Promise<InitFacts['existing']> {
  const texts = await Promise.all(paths.map((path) => nodeFiles.readText(join(root, path), MOST_BYTES)));
  const there = paths.flatMap((path, i) => (texts[i] === undefined ? [] : [[path, texts[i]] as const]));
  return Object.fromEntries(there);
}
