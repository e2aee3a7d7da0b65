import { KnownGoodError } from '../core/errors.ts';
import type { GateWish } from './prepare-gate.ts';

/** The three ways to ask for a gate, and which flags have an effect in each. */
const WAYS = {
  config: {
    flags: ['config', 'model', 'environment', 'artifact', 'against'],
    because: 'the config says what to measure on and how',
  },
  predictions: {
    flags: ['predictions', 'label', 'id', 'task', 'positive', 'classes', 'challenger', 'champion', 'slices'],
    because: 'with --predictions no model is run',
  },
  model: {
    flags: [
      'artifact',
      'against',
      'data',
      'label',
      'id',
      'task',
      'features',
      'positive',
      'classes',
      'slices',
    ],
    because: 'no config is read and no predictions are given',
  },
} as const satisfies Record<string, { flags: readonly (keyof GateWish)[]; because: string }>;

const WRITTEN: Partial<Record<keyof GateWish, string>> = { artifact: 'MODEL', slices: '--slice' };

/** Refuses flags that would be ignored: whoever names another table must not get the verdict on the config's. */
export function refuseIdleFlags(wish: GateWish, way: keyof typeof WAYS): void {
  const { flags, because } = WAYS[way];
  const used: readonly string[] = flags;
  const idle = Object.entries(wish)
    .filter(([name, value]) => value !== undefined && !used.includes(name))
    .map(([name]) => WRITTEN[name as keyof GateWish] ?? `--${name}`);
  if (idle.length === 0) return;
  throw new KnownGoodError(
    'usage',
    `${idle.join(', ')} would have no effect: ${because}. Leave ${idle.length === 1 ? 'it' : 'them'} out. See known-good help gate.`,
  );
}
