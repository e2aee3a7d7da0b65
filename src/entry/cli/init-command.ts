import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { planInit, type InitPlan } from '../../app/setup/plan-init.ts';
import type { InitWish, PlannedFile } from '../../app/setup/setup-facts.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import { toPage, type PageLine } from '../../report/release/terminal-page.ts';
import { findAdoptable } from '../setup/find-adoptable.ts';
import { lookAround } from '../setup/look-around.ts';
import { parseFlags } from './parse-flags.ts';
import { hasColor, printJson } from './print-result.ts';
import { argumentsOf } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  owner: { type: 'string' },
  'dry-run': flag,
  force: flag,
  json: flag,
  quiet: flag,
  'no-color': flag,
} as const;

const MOST_BYTES = 2 ** 20;
const ACTION = /^([A-Za-z0-9][\w-]{0,99}\/[\w.-]{1,100})@([0-9a-f]{40})$/;

/** `known-good init [--owner OWNER/known-good@SHA] [--dry-run] [--force]`. */
export const initCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  argumentsOf(positionals, {
    usage: 'init [--owner OWNER/known-good@SHA] [--dry-run] [--force]',
    least: 0,
    most: 0,
  });
  const wish: InitWish = { action: actionOf(values.owner), force: values.force };
  const around = await lookAround(host.cwd(), await readTemplates());
  const plan = planInit(around.facts, wish);
  const adoptable = await findAdoptable(plan, { env: host.env, cwd: around.root });
  const { 'dry-run': dryRun } = values;
  if (!dryRun)
    for (const { path, standing } of plan.files.filter(isWritten))
      await nodeFiles.write(join(around.root, path, '..'), { [basename(path)]: standing });
  const printing = { host, values: { ...values, config: undefined, ledger: undefined } };
  if (values.json) {
    const files = plan.files.map(({ path, what }) => ({ path, what }));
    printJson(printing, { schema: 1, dryRun, files, notes: plan.notes, adopt: adoptable, next: plan.next });
  } else if (values.quiet) host.stdout.write(`${headline(plan, dryRun)}\n`);
  else host.stdout.write(toPage(linesOf(plan, { adoptable, dryRun }), { color: hasColor(printing) }));
  return 0;
};

function actionOf(text: string | undefined): InitWish['action'] {
  if (text === undefined) return undefined;
  const [, repository, sha] = ACTION.exec(text) ?? [];
  if (repository !== undefined && sha !== undefined) return { repository, sha };
  throw new KnownGoodError(
    'usage',
    `--owner takes OWNER/known-good@SHA with all 40 digits of a commit, and saw ${seen(text)}: actions are pinned, so that nobody can change them under you.`,
  );
}

/** The starter workflows, which lie beside the folder of the bundle. */
async function readTemplates(): Promise<Record<string, string>> {
  const folder = fileURLToPath(new URL('../workflows/', import.meta.url));
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yml')).toSorted();
  if (names.length === 0)
    throw new KnownGoodError(
      'unavailable',
      `There are no starter workflows in ${folder}. Install Known Good as a whole.`,
    );
  const texts = await Promise.all(names.map((name) => nodeFiles.readText(join(folder, name), MOST_BYTES)));
  return Object.fromEntries(names.map((name, i) => [name, texts[i] ?? '']));
}

function isWritten({ what }: PlannedFile): boolean {
  return what !== 'kept' && what !== 'same';
}

function headline({ files }: InitPlan, dryRun: boolean): string {
  const count = files.filter(isWritten).length;
  if (count === 0) return 'Nothing to write: everything is there.';
  const what = count === 1 ? '1 file' : `${count} files`;
  return dryRun ? `Would write ${what}.` : `${what} written.`;
}

function linesOf(
  plan: InitPlan,
  { adoptable, dryRun }: { adoptable: readonly string[]; dryRun: boolean },
): PageLine[] {
  const tone = dryRun ? 'plan' : 'good';
  const bullet = (text: string): PageLine => ({ kind: 'text', text: `- ${text}`, indent: 2, hang: 2 });
  return [
    { kind: 'head', tone, text: headline(plan, dryRun) },
    { kind: 'blank' },
    ...plan.files.map(({ path, what }): PageLine => ({ kind: 'verbatim', label: what, text: path })),
    { kind: 'blank' },
    ...plan.notes.map(bullet),
    { kind: 'blank' },
    ...(adoptable.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: 'Something serves already. To take it into the ledger as it is:',
            indent: 2,
          } as const,
          ...adoptable.map((command): PageLine => ({
            kind: 'verbatim',
            text: `→ known-good ${command}`,
            indent: 2,
          })),
          { kind: 'blank' } as const,
        ]),
    { kind: 'text', text: 'Now:', indent: 2 },
    ...plan.next.map((text, i): PageLine => ({
      kind: 'text',
      text: `${i + 1}. ${text}`,
      indent: 2,
      hang: 3,
    })),
  ];
}
