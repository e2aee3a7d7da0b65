import { KnownGoodError } from '../../../core/errors.ts';

/** The text of a commit (gitformat, "commit object"): our fixed author, UTC, and a line that makes each append unlike any other. */
export function commitText(commit: {
  tree: string;
  parent: string | undefined;
  message: string;
  at: Date;
  appendId: string;
}): Uint8Array {
  const seconds = Math.max(0, Math.floor(commit.at.getTime() / 1000));
  if (!Number.isFinite(seconds))
    throw new KnownGoodError('internal', 'The clock shows no time that a commit could carry.');
  const who = `Known Good <known-good@localhost> ${seconds} +0000`;
  const subject = commit.message.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const lines = [
    `tree ${commit.tree}`,
    ...(commit.parent === undefined ? [] : [`parent ${commit.parent}`]),
    `author ${who}`,
    `committer ${who}`,
    '',
    subject === '' ? 'ledger' : subject,
    '',
    `Append-Id: ${commit.appendId}`,
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}
