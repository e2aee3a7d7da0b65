import { setTimeout as pause } from 'node:timers/promises';
import type { Timer } from '../../core/ports.ts';

/** The machine's own clock, and waiting by it. */
export const machineTimer: Timer = {
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await pause(milliseconds);
  },
};
