import { nearestName } from '../core/nearest-name.ts';
import { seen } from '../core/seen.ts';
import type { CommandName } from './command.ts';
import { takesOption, type OptionName } from './grammar.ts';
import { plainCase } from './other-bots.ts';
import { isQuote, readQuoted } from './read-quoted.ts';

/** What stands behind a command's name, sorted: arguments in their order, options, and the reason as it was written. */
export interface Words {
  kind: 'words';
  arguments: readonly string[];
  switches: ReadonlySet<OptionName>;
  reason: string | undefined;
}

/** Why it cannot be read: a sentence that says what was seen. */
export interface Fault {
  kind: 'fault';
  fault: string;
}

const OPTIONS: readonly OptionName[] = ['reason', 'accept-hold', 'unproved', 'dry-run'];

/** Two hyphens, the dash that phones make of them, or one hyphen, which begins no option and no argument. */
const OPTION = /(--|[—–]|-)([^ =]*)(=?)/y;
const WORD = /[^ ]+/y;

/** An option within a reason: a quotation mark went astray. */
const SWALLOWED = /(?:^|\s)(?:--|[—–])(?:reason|accept-hold|unproved|dry-run)(?![\w-])/i;

/**
 * Reads what stands behind a command's name. Options may stand anywhere, each once: `--dry-run`, `--reason "…"`, `--reason=…`, a dash in
 * place of `--`. A reason of one word needs no quotation marks, and then nothing but options may follow it: what follows could be more of
 * it. The line holds plain spaces and nothing hidden.
 */
export function readWords(command: CommandName, line: string): Words | Fault {
  return new WordReader(command, line).read();
}

class WordReader {
  private at = 0;
  private reason: { text: string; bare: boolean } | undefined;
  private readonly args: string[] = [];
  private readonly switches = new Set<OptionName>();

  constructor(
    private readonly command: CommandName,
    private readonly line: string,
  ) {}

  read(): Words | Fault {
    for (;;) {
      const word = this.peek(WORD);
      if (word === undefined) break;
      const fault = /^[-—–]/.test(word) ? this.readOption() : this.readArgument(word);
      if (fault !== undefined) return { kind: 'fault', fault };
    }
    return {
      kind: 'words',
      arguments: this.args,
      switches: this.switches,
      reason: this.reason?.text,
    };
  }

  private readArgument(word: string): string | undefined {
    this.at += word.length;
    this.args.push(word);
    if (this.reason?.bare !== true) return undefined;
    return `Saw ${seen(word)} behind a reason without quotation marks: it may be more of the reason. Put the reason in them.`;
  }

  private readOption(): string | undefined {
    OPTION.lastIndex = this.at;
    const [whole = '', prefix = '', written = '', equals = ''] = OPTION.exec(this.line) ?? [];
    this.at += whole.length;
    const name = OPTIONS.find((option) => option === plainCase(written));
    if (name === undefined || prefix === '-') return unknownOption(`${prefix}${written}`, written);
    if (!takesOption(this.command, name)) return `/${this.command} takes no --${name}.`;
    if (name === 'reason') return this.readReason(equals === '=');
    if (equals === '=') return `--${name} takes no value, and saw one.`;
    if (this.switches.has(name)) return `Saw --${name} twice.`;
    this.switches.add(name);
    return undefined;
  }

  private readReason(isAttached: boolean): string | undefined {
    if (this.reason !== undefined) return 'Saw --reason twice.';
    const word = isAttached && this.line[this.at] === ' ' ? undefined : this.peek(WORD);
    if (word === undefined || /^[-—–]/.test(word)) {
      return `--reason needs a text behind it, and saw ${seen(word)}.`;
    }
    if (!isQuote(word[0])) {
      this.at += word.length;
      this.reason = { text: word, bare: true };
      return undefined;
    }
    const quoted = readQuoted(this.line, this.at);
    if (quoted.kind === 'fault') return quoted.fault;
    if (SWALLOWED.test(quoted.text)) {
      return `The reason holds an option: saw ${seen(quoted.text)}. Close the quotation marks before it.`;
    }
    this.at = quoted.end;
    this.reason = { text: quoted.text, bare: false };
    return undefined;
  }

  /** The next match behind spaces, which are passed over; `undefined` at the end. */
  private peek(pattern: RegExp): string | undefined {
    while (this.line[this.at] === ' ') this.at++;
    pattern.lastIndex = this.at;
    return pattern.exec(this.line)?.[0];
  }
}

function unknownOption(shown: string, written: string): string {
  const near = nearestName(written, OPTIONS);
  return `Unknown option ${seen(shown)}${near === undefined ? '.' : `; did you mean --${near}?`}`;
}
