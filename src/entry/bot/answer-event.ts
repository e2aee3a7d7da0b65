import type { BegunWork } from '../../app/bot/bot-ports.ts';
import type { BotResult } from '../../app/bot/bot-result.ts';
import { handleEvent } from '../../app/bot/handle-event.ts';
import type { Host } from '../cli/run-cli.ts';
import type { BotInputs } from './bot-inputs.ts';
import { answerSetupError } from './answer-setup-error.ts';
import { openBot, type BotWorld } from './open-bot.ts';
import { readEvent } from './read-event.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** How long the last words of a run that is told to stop may take: GitHub's runner gives 7.5 s between its signals. */
const LAST_WORDS_MS = 5_000;
/** Signals that end a run, and the exit codes of a process that they ended: 128 and their number (POSIX). */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** The event, and where it is answered. */
export interface EventPlace {
  env: Variables;
  cwd: string;
  event: { path: string; name: string };
  process: Pick<Host, 'on' | 'off' | 'exit'>;
  log(sentence: string): void;
  /** Says where the lane stands, where the run is told to stop. */
  stopped(sentence: string): Promise<void>;
}

/** Reads an event and answers it. A signal ends the process: the intent stays open, the reply says so, and the next command goes on. */
export async function answerEvent(inputs: BotInputs, place: EventPlace): Promise<BotResult> {
  const { env, cwd, log, process } = place;
  const event = await readEvent(place.event.path, { name: place.event.name, command: inputs.command });
  let work: BegunWork | undefined;
  let world: BotWorld;
  try {
    world = await openBot(inputs, {
      env,
      cwd,
      log,
      defaultBranch: event.defaultBranch,
      sender: event.sender.login,
      began: (begun) => (work = begun),
    });
  } catch (error) {
    return answerSetupError(error, event, { inputs, env });
  }
  const { ports, settings, running } = world;
  let isStopping = false;
  const stop = (signal: keyof typeof EXIT_CODES) => {
    const end = () => process.exit?.(EXIT_CODES[signal]);
    if (isStopping) return void running.stop('SIGKILL', 0).finally(end);
    isStopping = true;
    const said = work?.standing() ?? 'Nothing was begun: type the same command again.';
    const told = [
      place.stopped(`Stopped by ${signal}. ${said}`),
      work?.stopped(signal),
      running.stop(signal, LAST_WORDS_MS),
    ];
    void Promise.race([Promise.allSettled(told), ports.release.timer.sleep(LAST_WORDS_MS)]).finally(end);
  };
  const signals = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  for (const signal of signals) process.on?.(signal, stop);
  try {
    return await handleEvent(ports, settings, event);
  } finally {
    for (const signal of signals) process.off?.(signal, stop);
  }
}
