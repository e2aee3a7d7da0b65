import { exitCodeOfBot } from '../../app/bot/bot-result.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import { visibleText } from '../../report/visible-text.ts';
import { answerEvent } from '../bot/answer-event.ts';
import type { BotInputs } from '../bot/bot-inputs.ts';
import { parseFlags } from './parse-flags.ts';
import { printJson } from './print-result.ts';
import { argumentsOf } from './release-flags.ts';
import type { Command, Host } from './run-cli.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  event: text,
  'event-name': text,
  'as-run': text,
  bot: { type: 'string', multiple: true },
  ignore: { type: 'string', multiple: true },
  'shadow-workflow': text,
  config: text,
  json: { type: 'boolean', default: false },
} as const;

/** `known-good command --event FILE`: what the bot does with that event, reply and all, with the token of the environment. */
export const commandCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const usage = 'command --event event.json [--as-run RUN[/ATTEMPT]]';
  argumentsOf(positionals, { usage, least: 0, most: 0 });
  const { event: path } = values;
  if (path === undefined) throw missingEvent(usage);
  const inputs: BotInputs = {
    'github-token': host.env['GITHUB_TOKEN'] || undefined,
    command: undefined,
    config: values.config,
    bots: values.bot,
    ignore: values.ignore,
    registry: undefined,
    'registry-username': undefined,
    'registry-password': undefined,
    'shadow-workflow': values['shadow-workflow'],
  };
  const say = (sentence: string) => host.stderr.write(`${visibleText(sentence)}\n`);
  const name = values['event-name'] ?? (host.env['GITHUB_EVENT_NAME'] || 'issue_comment');
  const result = await answerEvent(inputs, {
    env: environmentOf(host, values['as-run']),
    cwd: host.cwd(),
    event: { path, name },
    process: host,
    log: say,
    stopped: async (sentence) => void say(sentence),
  });
  if (values.json)
    printJson({ host, values: { ...values, quiet: false, 'no-color': true } }, { schema: 1, ...result });
  else host.stdout.write(result.reply ?? `${visibleText(result.message)}\n`);
  return exitCodeOfBot(result);
};

/** The variables of the run that is stood in for: on a machine there is none, and operations must have an owner. */
function environmentOf({ env }: Host, asRun: string | undefined): Host['env'] {
  const [, run, attempt = '1'] = /^([1-9]\d{0,19})(?:\/([1-9]\d{0,3}))?$/.exec(asRun ?? '') ?? [];
  if (asRun !== undefined && run === undefined)
    throw new KnownGoodError(
      'usage',
      `--as-run takes the number of a run, and its attempt after a slash: saw ${seen(asRun)}.`,
    );
  if (run !== undefined) return { ...env, GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt };
  if ((env['GITHUB_RUN_ID'] ?? '') !== '') return env;
  throw new KnownGoodError(
    'usage',
    'Outside of a run, say which one is stood in for: --as-run RUN. Its number decides who an unfinished operation belongs to.',
  );
}

function missingEvent(usage: string): KnownGoodError {
  return new KnownGoodError(
    'usage',
    `--event is missing. Write: known-good ${usage}. See known-good help command.`,
  );
}
