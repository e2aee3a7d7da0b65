import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Clock, Machine } from '../../core/ports.ts';

/** This machine, as reports name it beside latencies. */
export function nodeMachine(runtime: string | undefined): Machine {
  return {
    describe: () => ({
      os: `${platform()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
      cores: cpus().length,
      memoryBytes: totalmem(),
      node: process.version,
      runtime,
    }),
  };
}

/** The machine's time of day. */
export const systemClock: Clock = { now: () => new Date() };
