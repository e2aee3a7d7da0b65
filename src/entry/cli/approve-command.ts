import { KnownGoodError } from '../../core/errors.ts';
import { seenName } from '../../core/seen.ts';
import { parseFlags } from './parse-flags.ts';
import { argumentsOf, CHANGING_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

/** `known-good approve LANE RELEASE`: says how it is done. A name that git was told on a laptop approves nothing. */
export const approveCommand: Command = async (args) => {
  const { positionals } = parseFlags(args, CHANGING_FLAGS);
  const [lane = '', release = ''] = argumentsOf(positionals, {
    usage: 'approve LANE RELEASE',
    least: 2,
    most: 2,
  });
  throw new KnownGoodError(
    'usage',
    `An approval is a comment on GitHub by a person whom GitHub has authenticated, and nobody can give one from here; in an issue or pull request write: /approve ${seenName(lane)} ${seenName(release)}`,
  );
};
