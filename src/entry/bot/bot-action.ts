import { exitCodeOfBot, type BotResult } from '../../app/bot/bot-result.ts';
import { formatLane } from '../../core/lane.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { visibleText } from '../../report/visible-text.ts';
import { readInputs, runnerVariable } from '../action/read-inputs.ts';
import { reportFailure } from '../action/report-failure.ts';
import type { StepWorld } from '../action/step-world.ts';
import type { Host } from '../cli/run-cli.ts';
import type { FencedLog } from '../release-action/fenced-log.ts';
import { answerEvent } from './answer-event.ts';
import { botInputs } from './bot-inputs.ts';

/** The outputs that action.yml declares. */
export const BOT_OUTPUTS = ['outcome', 'message', 'lane', 'digest', 'version', 'head'] as const;

/** What the action needs of the world. */
export interface BotActionWorld extends Pick<StepWorld, 'output'> {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  process: Pick<Host, 'on' | 'off' | 'exit'>;
  log: FencedLog;
}

/** Runs the root action and returns the exit code of its step. `outcome` and `message` are set, whatever happens. */
export async function runBotAction({ env, cwd, process, log, output }: BotActionWorld): Promise<number> {
  try {
    const inputs = readInputs(botInputs, env, runnerVariable);
    const result = await answerEvent(inputs, {
      env,
      cwd,
      process,
      event: eventOf(env),
      log: (sentence) => log.line(sentence),
      stopped: async (sentence) => {
        log.line(sentence);
        output.setOutput('outcome', 'error');
        output.setOutput('message', visibleText(sentence));
        await output.writeSummary(
          `## ! STOPPED\n\n\`\`\`text\n${visibleText(sentence).replaceAll('`', "'")}\n\`\`\`\n`,
        );
      },
    });
    for (const line of result.message.split('\n')) log.line(line);
    log.close();
    for (const [name, value] of Object.entries(outputsOf(result))) output.setOutput(name, value);
    if (result.reply !== undefined) await output.writeSummary(result.reply);
    return exitCodeOfBot(result);
  } catch (error) {
    log.close();
    const words = {
      title: 'Known Good could not answer',
      heading: 'the comment could not be answered',
      says: 'message',
    } as const;
    return reportFailure(error, words, { output });
  }
}

/** What is not known is empty. */
function outputsOf(result: BotResult): Record<(typeof BOT_OUTPUTS)[number], string> {
  const { outcome, message, lane, digest = '', version = '', head = '' } = result;
  const where = lane === undefined ? '' : formatLane(lane);
  return { outcome, message: visibleText(message), lane: where, digest, version: visibleText(version), head };
}

function eventOf(env: BotActionWorld['env']): { path: string; name: string } {
  const [path, name] = [env['GITHUB_EVENT_PATH'], env['GITHUB_EVENT_NAME']];
  if (path !== undefined && path !== '' && name !== undefined && name !== '') return { path, name };
  throw new KnownGoodError(
    'usage',
    'GITHUB_EVENT_PATH and GITHUB_EVENT_NAME do not say what happened: the bot runs in GitHub Actions. On a machine: known-good command --event FILE.',
  );
}
