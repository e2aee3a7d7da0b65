import type { CommandName } from './command.ts';
import { GRAMMAR, type ArgumentKind } from './grammar.ts';

/** How arguments are written in usage lines. */
export const ARGUMENT_WORDS: Readonly<Record<ArgumentKind, string>> = {
  lane: '[MODEL/]ENV',
  release: 'RELEASE',
  model: 'MODEL',
  about: 'COMMAND',
};

/** How a reason is written in usage lines. */
export const REASON_WORDS = '--reason "…"';

/**
 * How a command is written, on one line: `/rollback [MODEL/]ENV [RELEASE] [--unproved] [--reason "…"] [--dry-run]`. What is in square
 * brackets may be left out; commands that change nothing take `--dry-run` too, and do not say so.
 */
export function usageOf(command: CommandName): string {
  const { takes, switches, reason, reads } = GRAMMAR[command];
  return [
    `/${command}`,
    ...takes.map(({ kind, needed }) => (needed ? ARGUMENT_WORDS[kind] : `[${ARGUMENT_WORDS[kind]}]`)),
    ...switches.map((name) => `[--${name}]`),
    ...(reason === 'none' ? [] : [reason === 'must' ? REASON_WORDS : `[${REASON_WORDS}]`]),
    ...(reads ? [] : ['[--dry-run]']),
  ].join(' ');
}
