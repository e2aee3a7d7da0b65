import type { CommandName } from './command.ts';

/** What an argument is: `lane` = `[MODEL/]ENV`, `release` = `[MODEL@]` and a version, commit or digest, `about` = a command's name. */
export type ArgumentKind = 'lane' | 'release' | 'model' | 'about';

/** What may stand beside the arguments, each once and in any place; `--dry-run` is taken by every command. */
export type OptionName = 'reason' | 'accept-hold' | 'unproved' | 'dry-run';

/** What a command is for; help shows it in these groups. */
export type CommandGroup = 'Move' | 'Ask' | 'Hold back';

/** One command as it is written; parser, usage lines and help are made from it. */
export interface CommandRow {
  group: CommandGroup;
  /** In the order in which they are written; those that are not needed come last. */
  takes: readonly { kind: ArgumentKind; needed: boolean }[];
  /** Beside `--reason` and `--dry-run`. */
  switches: readonly ('accept-hold' | 'unproved')[];
  /** Whether it takes a reason, or asks for one. */
  reason: 'none' | 'may' | 'must';
  /** Whether it changes nothing, so that a dry run is the same. */
  reads: boolean;
  /** What it does: a line without its full stop. */
  what: string;
  /** Commands to copy; the first is the plainest. */
  examples: readonly [string, ...string[]];
}

const LANE = { kind: 'lane', needed: true } as const;
const RELEASE = { kind: 'release', needed: true } as const;
const maybe = (kind: ArgumentKind) => ({ kind, needed: false }) as const;

const CHANGES = { switches: [], reason: 'none', reads: false } as const;
const READS = { switches: [], reason: 'none', reads: true } as const;

/** Every command of the release bot. */
export const GRAMMAR: Readonly<Record<CommandName, CommandRow>> = {
  promote: {
    ...CHANGES,
    group: 'Move',
    takes: [LANE, maybe('release')],
    switches: ['accept-hold'],
    reason: 'may',
    what: 'moves proved bytes on to an environment; without RELEASE those of the merged pull request, else of the environment before',
    examples: ['/promote production', '/promote production --accept-hold --reason "the slice is 12 rows"'],
  },
  rollback: {
    ...CHANGES,
    group: 'Move',
    takes: [LANE, maybe('release')],
    switches: ['unproved'],
    reason: 'may',
    what: 'restores the last release that was proved good, or RELEASE',
    examples: ['/rollback production', '/rollback production 1.6.2 --unproved --reason "1.7 loses rows"'],
  },
  approve: {
    ...CHANGES,
    group: 'Move',
    takes: [LANE, RELEASE],
    reason: 'may',
    what: 'gives one of the approvals that a promotion needs, for these bytes alone',
    examples: ['/approve production 1.8.0'],
  },
  verify: {
    ...CHANGES,
    group: 'Move',
    takes: [LANE],
    what: 'looks at what an environment serves, and records it',
    examples: ['/verify production'],
  },
  adopt: {
    ...CHANGES,
    group: 'Move',
    takes: [LANE, maybe('release')],
    reason: 'must',
    what: 'takes what an environment’s tag points at into the ledger; moves nothing',
    examples: ['/adopt production --reason "in service since March"'],
  },
  shadow: {
    ...CHANGES,
    group: 'Ask',
    takes: [maybe('model')],
    what: 'compares champion and challenger on the same traffic',
    examples: ['/shadow', '/shadow bank'],
  },
  status: {
    ...READS,
    group: 'Ask',
    takes: [maybe('lane')],
    what: 'the lanes at a glance: what serves, since when, and where a rollback would go',
    examples: ['/status', '/status production'],
  },
  history: {
    ...READS,
    group: 'Ask',
    takes: [LANE],
    what: 'what happened in a lane, newest first',
    examples: ['/history production'],
  },
  why: {
    ...READS,
    group: 'Ask',
    takes: [LANE],
    what: 'who brought the release that serves, on which evidence, in place of what',
    examples: ['/why production'],
  },
  help: {
    ...READS,
    group: 'Ask',
    takes: [maybe('about')],
    what: 'these lines, or more about one command',
    examples: ['/help', '/help rollback'],
  },
  lock: {
    ...CHANGES,
    group: 'Hold back',
    takes: [LANE],
    reason: 'must',
    what: 'keeps promotions out of a lane; a rollback is never kept out',
    examples: ['/lock production --reason "labels are late"'],
  },
  unlock: {
    ...CHANGES,
    group: 'Hold back',
    takes: [LANE],
    reason: 'may',
    what: 'lets promotions in again',
    examples: ['/unlock production'],
  },
  release: {
    ...CHANGES,
    group: 'Hold back',
    takes: [RELEASE],
    reason: 'must',
    what: 'takes a release that was rolled back from out of quarantine',
    examples: ['/release 1.8.0 --reason "the feature store was down, not the model"'],
  },
};

/** The names of all commands, in the order in which help shows them. */
export const COMMAND_NAMES = Object.keys(GRAMMAR) as readonly CommandName[];

/** The command of a name in exact lower case, own names only; `undefined` where there is none. */
export function commandNamed(name: string): CommandName | undefined {
  return COMMAND_NAMES.find((known) => known === name);
}

/** Whether a command takes an option. */
export function takesOption(command: CommandName, option: OptionName): boolean {
  const { switches, reason } = GRAMMAR[command];
  if (option === 'dry-run') return true;
  return option === 'reason' ? reason !== 'none' : switches.includes(option);
}
