import { stat } from 'node:fs/promises';
import { tableError } from '../tables/table-error.ts';

/** What changes when a file is written or replaced. */
export async function fileIdentity(path: string): Promise<string | undefined> {
  const facts = await stat(path, { bigint: true }).catch(() => undefined);
  if (facts === undefined) return undefined;
  return [facts.dev, facts.ino, facts.size, facts.mtimeNs, facts.ctimeNs].join(' ');
}

/** Throws the `input` error of a file that is not the one that was looked at before. */
export async function assertUnchanged(path: string, before: string | undefined): Promise<void> {
  if (before !== undefined && (await fileIdentity(path)) === before) return;
  const what = 'the file changed while it was read';
  throw tableError({ path }, { what, todo: 'Try again when it is written' });
}
