import { KnownGoodError } from './errors.ts';
import { seen } from './seen.ts';

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** A number and a unit, a space between them or not: `512MiB`, `50 MB`. */
export const BYTE_SIZE = /^(\d{1,12}(?:\.\d{1,6})?) ?(B|[kKMGT]B|[KMGT]iB)$/;

/** What `parseByteSize` takes, in words. */
export const BYTE_SIZE_ALLOWED = 'a size such as 512MiB, 50MB or 2GiB';

/** Bytes of a size such as `512MiB` (2^20) or `50MB` (10^6), rounded; anything else, and 0, is an `input` error. */
export function parseByteSize(text: string): number {
  const [, amount, unit] = BYTE_SIZE.exec(text) ?? [];
  const bytes = Math.round(Number(amount) * (BYTES[unit ?? ''] ?? NaN));
  if (bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
  throw new KnownGoodError('input', `Not a size: saw ${seen(text)}, allowed: ${BYTE_SIZE_ALLOWED}.`);
}

/** A size for people in binary units, at most two decimals: 1852 → `1.81KiB`, 536 870 912 → `512MiB`. */
export function formatByteSize(bytes: number): string {
  const unit = (['TiB', 'GiB', 'MiB', 'KiB'] as const).find((name) => Math.abs(bytes) >= (BYTES[name] ?? 1));
  if (unit === undefined) return `${bytes}B`;
  return `${Number((bytes / (BYTES[unit] ?? 1)).toFixed(2))}${unit}`;
}
