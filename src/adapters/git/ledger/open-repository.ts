import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KnownGoodError } from '../../../core/errors.ts';
import { seenName } from '../../../core/seen.ts';
import { gitFailure } from './git-failure.ts';
import type { ObjectFormat } from './git-object.ts';
import { runGit } from './run-git.ts';

/** A repository that git is willing to read. */
export interface LedgerRepository {
  /** Where git is run: anywhere inside of the repository. */
  folder: string;
  /** The folder with objects and branches, shared by all work trees; `undefined` before it is known. */
  gitFolder: string | undefined;
  format: ObjectFormat;
}

const TIMEOUT_MS = 30_000;

/** Asks git for the repository around a folder; `unavailable` with what to do where there is none that it trusts. */
export async function openRepository(folder: string): Promise<LedgerRepository> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new KnownGoodError(
      'unavailable',
      `There is no folder ${seenName(folder)} to look for the ledger in.`,
    );
  const ask = ['rev-parse', '--git-common-dir', '--show-object-format'];
  const run = await runGit(ask, { folder, timeoutMs: TIMEOUT_MS });
  const repository: LedgerRepository = { folder, gitFolder: undefined, format: 'sha1' };
  if (run.code !== 0) throw gitFailure(run, { doing: 'open the repository', repository });
  const [common = '', format = ''] = run.stdout.split('\n');
  // Before 2.28 git repeats an option that it does not know, and has SHA-1 alone.
  return {
    folder,
    gitFolder: resolve(folder, common),
    format: format === 'sha256' ? 'sha256' : 'sha1',
  };
}
