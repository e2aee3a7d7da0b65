import { KnownGoodError } from '../core/errors.ts';
import type { ShadowWish } from './prepare-shadow.ts';

/** What the config says instead, by its key. */
const KEYS = {
  task: 'task',
  positive: 'outputs.positive',
  threshold: 'outputs.threshold',
  reference: 'shadow.reference',
  slices: 'shadow.slices',
} as const satisfies Partial<Record<keyof ShadowWish, string>>;

/** Refuses flags that would be ignored beside a config: whoever asks for a slice must not get a verdict without it. */
export function refuseIdleShadowFlags(wish: ShadowWish): void {
  const idle = Object.entries(KEYS).filter(([name]) => isGiven(wish[name as keyof typeof KEYS]));
  if (idle.length === 0) return;
  const flags = idle.map(([name]) => `--${name === 'slices' ? 'slice' : name}`).join(', ');
  const keys = idle.map(([, key]) => key).join(', ');
  throw new KnownGoodError(
    'usage',
    `${flags} would have no effect: the config says it (${keys}). Change it there, or leave ${idle.length === 1 ? 'it' : 'them'} out. See known-good help shadow.`,
  );
}

function isGiven(value: string | readonly string[] | undefined): boolean {
  return value !== undefined && value.length > 0;
}
