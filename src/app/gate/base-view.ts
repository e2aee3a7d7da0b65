import { KnownGoodError } from '../../core/errors.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { FileContent, Files, Repository } from '../../core/ports.ts';

/** The base commit, and what reads it. */
export interface BaseView {
  revision: string;
  repository: Repository;
  files: Files;
}

/** Most bytes of a config that are read. */
export const MOST_CONFIG_BYTES = 2 ** 20;

/** What the world refuses is a fact; a fault of ours is not. */
export async function guarded<T>(run: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await run());
  } catch (error) {
    if (error instanceof KnownGoodError) return unknown(onOneLine(error.message));
    throw error;
  }
}

/** A message as the end of a sentence: of one that lists problems below its first line, the first of them. */
function onOneLine(message: string): string {
  const [first = '', problem, ...others] = message
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '));
  const rest = others.length === 0 ? '' : ` (and ${countOf(others.length, 'more problem')})`;
  return `${problem ?? first}${rest}`.replace(/(?<!\.)$/, '.');
}

/** Reads something of a file as it was; `undefined` when the base commit has nothing there. */
export async function withCopy<T>(
  path: string,
  { repository, revision }: Pick<BaseView, 'repository' | 'revision'>,
  read: (copy: string) => Promise<T>,
): Promise<T | undefined> {
  const copy = await repository.copyAt(revision, path);
  if (copy === undefined) return undefined;
  try {
    return await read(copy.path);
  } finally {
    await copy.remove();
  }
}

/** The text of a config as it was; `undefined` when the base commit has none there. */
export function textAt(path: string, view: BaseView): Promise<string | undefined> {
  return withCopy(path, view, (copy) => view.files.readText(copy, MOST_CONFIG_BYTES));
}

/** Whether two files hold the same, however they are packed and whatever their line ends are. */
export function sameContent(a: FileContent, b: FileContent): boolean {
  return a.bytes === b.bytes || (a.text !== undefined && a.text === b.text);
}
