import type { Command } from '../../commands/command.ts';

/** A command as it was understood, with its slash: `/promote bank/production 1.8.0 --dry-run`. */
export function commandText(command: Command): string {
  const given = command as { [key: string]: unknown };
  const words = ['lane', 'release', 'model', 'about'].flatMap((key) => {
    const value = given[key];
    return typeof value === 'string' ? [value] : [];
  });
  const flags = [
    ...('acceptHold' in command && command.acceptHold ? ['--accept-hold'] : []),
    ...('unproved' in command && command.unproved ? ['--unproved'] : []),
    ...('reason' in command && command.reason !== undefined ? [`--reason "${command.reason}"`] : []),
    ...(command.dryRun ? ['--dry-run'] : []),
  ];
  return [`/${command.name}`, ...words, ...flags].join(' ');
}
