import { ALLOWED_BY_DEFAULT, isGoverned } from './allowed-by-default.ts';
import type { CommandName } from './command.ts';
import { COMMAND_NAMES, GRAMMAR, takesOption, type ArgumentKind, type OptionName } from './grammar.ts';
import { ARGUMENT_WORDS, REASON_WORDS, usageOf } from './usage.ts';

/** Something to type and what it does: a line without its full stop, `''` where it speaks for itself. */
export interface HelpLine {
  usage: string;
  what: string;
}

/** Lines that belong together. */
export interface HelpGroup {
  title: string;
  lines: readonly HelpLine[];
}

/** What `/help` answers: groups in their order, then sentences that hold for all of it. */
export interface Help {
  groups: readonly HelpGroup[];
  notes: readonly string[];
}

const ARGUMENTS: Readonly<Record<ArgumentKind, string>> = {
  lane: 'an environment; its model may be left out where there is one',
  release: '[MODEL@] and a version, at least 7 digits of a commit, or 12 of a digest',
  model: 'a model of the config; may be left out where there is one',
  about: 'the name of a command',
};

const OPTIONS: Readonly<Record<OptionName, HelpLine>> = {
  'accept-hold': {
    usage: '--accept-hold',
    what: 'over a gate that holds, with a reason, by those whom the policy names; never over a fail',
  },
  unproved: {
    usage: '--unproved',
    what: 'to a RELEASE that is not known good, with a reason; recorded',
  },
  reason: { usage: REASON_WORDS, what: 'for whoever asks why later; at most 500 characters' },
  'dry-run': { usage: '--dry-run', what: 'shows the plan and touches nothing' },
};

const NOTES = [
  'The command is the first line of a comment, from its first character on; one command a comment.',
  'Options may stand anywhere behind the name. --dry-run is taken by every command: it shows the plan and touches nothing.',
];

/** Help on all commands, or on one. */
export function helpOf(about?: CommandName): Help {
  return about === undefined ? helpOfAll() : helpOfOne(about);
}

function helpOfAll(): Help {
  const titles = [...new Set(COMMAND_NAMES.map((name) => GRAMMAR[name].group))];
  const groups = titles.map((title) => ({
    title,
    lines: COMMAND_NAMES.filter((name) => GRAMMAR[name].group === title).map(lineOf),
  }));
  return { groups, notes: [...NOTES, '/help COMMAND tells more about one of them.'] };
}

function lineOf(name: CommandName): HelpLine {
  return { usage: usageOf(name), what: GRAMMAR[name].what };
}

function helpOfOne(name: CommandName): Help {
  const { takes, examples } = GRAMMAR[name];
  const options = (Object.keys(OPTIONS) as OptionName[]).filter((option) => takesOption(name, option));
  const parts = takes.map(({ kind }) => ({ usage: ARGUMENT_WORDS[kind], what: ARGUMENTS[kind] }));
  const groups = [
    { title: `/${name}`, lines: [lineOf(name)] },
    { title: 'What it takes', lines: [...parts, ...options.map((option) => OPTIONS[option])] },
    { title: 'Examples', lines: examples.map((usage) => ({ usage, what: '' })) },
  ];
  return { groups, notes: [whoMay(name)] };
}

function whoMay(name: CommandName): string {
  const least = ALLOWED_BY_DEFAULT[name];
  if (!isGoverned(name)) return `It takes the role ${least} or a stronger one.`;
  return `It takes the role ${least} or a stronger one, where environments.ENV.allow.${name} of the config says nothing else.`;
}
