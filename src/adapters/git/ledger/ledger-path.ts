import { KnownGoodError } from '../../../core/errors.ts';
import { seen } from '../../../core/seen.ts';

const LONGEST_PATH = 1_024;
const LONGEST_NAME = 255;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\\]/u;

/**
 * The names of a ledger path, outermost first. An absolute, empty, too long or climbing path, a control character, a
 * backslash, and every spelling of `.git` that some file system takes for it are `input` errors.
 */
export function ledgerPath(path: string): readonly string[] {
  const names = path.split('/');
  const bad = path.length > LONGEST_PATH || UNPRINTABLE.test(path) || names.some((name) => !isSafeName(name));
  if (bad)
    throw new KnownGoodError(
      'input',
      `${seen(path)} is no path of the ledger: it must be relative, with plain names between single slashes.`,
    );
  return names;
}

/** The names of a folder path, with or without a slash at its end; none for the root, which is the empty string. */
export function ledgerFolder(folder: string): readonly string[] {
  return folder === '' ? [] : ledgerPath(folder.endsWith('/') ? folder.slice(0, -1) : folder);
}

function isSafeName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || Buffer.byteLength(name) > LONGEST_NAME) return false;
  const folded = name.replace(/\p{Cf}/gu, '').split(':')[0] ?? '';
  return !/^(?:\.git|git~\d+)[. ]*$/iu.test(folded);
}
