import type { SliceCodes } from './facts.ts';

/** `job = student`, `age < 30`; cut to 200 characters. */
export function sliceName({ name, bands }: Pick<SliceCodes, 'name' | 'bands'>, value: string): string {
  const full = bands ? `${name} ${value}` : `${name} = ${value}`;
  return full.length > 200 ? `${full.slice(0, 199)}…` : full;
}
