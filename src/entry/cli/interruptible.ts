import { KnownGoodError } from '../../core/errors.ts';
import { visibleText } from '../../report/visible-text.ts';
import { LaneTrail, type LaneCommand } from '../../app/release/lane-trail.ts';
import type { ReleaseContext } from './release-context.ts';

/** Signals that end a command, and the exit codes of a process that they ended: 128 and their number (POSIX). */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** How long a deploy command may take to end. Shorter than the 7.5 s that GitHub's runner gives between its signals. */
const GRACE_MS = 5_000;

type Ports = ReleaseContext['ports'];
type EndingSignal = keyof typeof EXIT_CODES;

/**
 * Runs a command on a lane so that an end from outside (Ctrl-C, a cancelled workflow) is told: it stops the deploy command that runs,
 * says on stderr what is open and what to type, and ends the process. It writes nothing: the intent stays open, and the next command
 * recovers, as after a crash. An error in the middle of an operation says the same. Without signals, as in tests, it just runs.
 */
export async function interruptible<T>(
  { host, ports, running }: ReleaseContext,
  order: LaneCommand,
  work: (ports: Ports) => Promise<T>,
): Promise<T> {
  const trail = new LaneTrail(order);
  let again = false;
  const stop = (signal: EndingSignal) => {
    const end = () => host.exit?.(EXIT_CODES[signal]);
    if (again) return void running.stop('SIGKILL', 0).finally(end);
    again = true;
    host.stderr.write(
      `known-good: stopped by ${signal}. ${visibleText(trail.sentence(running.count > 0))}\n`,
    );
    void running.stop(signal, GRACE_MS).finally(end);
  };
  const signals = Object.keys(EXIT_CODES) as EndingSignal[];
  for (const signal of signals) host.on?.(signal, stop);
  try {
    return await work({
      ...ports,
      progress: (step) => {
        trail.take(step);
        ports.progress(step);
      },
    });
  } catch (error) {
    if (!trail.isOpen || !(error instanceof KnownGoodError)) throw error;
    throw new KnownGoodError(error.code, `${error.message} ${trail.sentence(false)}`, { cause: error });
  } finally {
    for (const signal of signals) host.off?.(signal, stop);
  }
}
