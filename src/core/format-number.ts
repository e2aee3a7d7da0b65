import type { Unit } from './check.ts';

const GROUPED_BELOW = 1e15;
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** How numbers of one row are written: their unit, and the largest magnitude, which fixes the decimals of all. */
export interface NumberStyle {
  unit: Unit | undefined;
  /** Largest absolute value of the row; the value itself where absent. */
  scale?: number;
}

/**
 * A measured value with its unit. Shares and nats have 4 decimals (`0.7930`), label units and scores 4 significant
 * digits, milliseconds and bytes 3, rows none; thousands are separated by commas; minus is U+2212.
 * A value too small for its decimals keeps two significant digits. Values are finite: verdicts refuse others.
 */
export function formatValue(value: number, style: NumberStyle): string {
  const { unit } = style;
  if (unit === 'bytes') return formatBytes(value, style.scale);
  return fixed(value, decimalsOf(unit, style.scale ?? value)) + SUFFIXES[unit ?? 'score'];
}

/** A signed difference; shares are written as points (1 point = 0.01) with 2 decimals: `+3.16 points`. */
export function formatDifference(difference: number, style: NumberStyle): string {
  const { unit } = style;
  if (unit === 'bytes') return plus(difference) + formatBytes(difference, style.scale);
  return formatBound(difference, style) + (unit === 'share' ? ' points' : SUFFIXES[unit ?? 'score']);
}

/** An interval without its unit: of a difference signed (`[+2.07, +4.24]`), else as values. */
export function formatInterval(
  [low, high]: readonly [number, number],
  style: NumberStyle & { signed: boolean },
): string {
  const { unit, scale, signed } = style;
  const shared = { unit, scale: scale ?? Math.max(Math.abs(low), Math.abs(high)) };
  if (signed && unit !== 'bytes') return `[${formatBound(low, shared)}, ${formatBound(high, shared)}]`;
  const one = (value: number): string =>
    signed ? formatDifference(value, shared) : formatValue(value, shared);
  return `[${one(low)}, ${one(high)}]`;
}

/** A value with as many more decimals, at most 8, as tell it from another one that it differs from: 0.74998 beside 0.75. */
export function formatValueBeside(value: number, other: number, style: NumberStyle): string {
  const short = formatValue(value, style);
  if (value === other || short !== formatValue(other, style) || style.unit === 'bytes') return short;
  const start = decimalsOf(style.unit, style.scale ?? value);
  for (let decimals = start + 1; decimals <= 8; decimals += 1) {
    const longer = fixed(value, decimals);
    if (longer !== fixed(other, decimals)) return longer + SUFFIXES[style.unit ?? 'score'];
  }
  return short;
}

/** A limit as somebody set it: on its own scale, and times, sizes and ratios without idle zeros: `5 ms`, `512 MiB`. */
export function formatLimit(limit: number, { unit, scale }: NumberStyle): string {
  const timeOrSize = unit === 'ms' || unit === 'bytes' || unit === 'ratio';
  if (!timeOrSize) return formatValue(limit, scale === undefined ? { unit } : { unit, scale });
  return formatValue(limit, { unit })
    .replace(/(\.\d*?)0+(?=[ ×])/, '$1')
    .replace(/\.(?=[ ×])/, '');
}

/** The size of a difference, without a sign: `0.10 points`. */
export function formatMagnitude(difference: number, style: NumberStyle): string {
  return formatDifference(Math.abs(difference), style).replace('+', '');
}

/** A whole number with thousands separators: `5,000`. */
export function formatCount(count: number): string {
  return fixed(count, 0);
}

const SUFFIXES: Readonly<Record<Unit, string>> = {
  share: '',
  ms: ' ms',
  bytes: '',
  rows: ' rows',
  ratio: '×',
  label: '',
  nats: '',
  score: '',
  'rows/s': ' rows/s',
};

function formatBound(difference: number, { unit, scale }: NumberStyle): string {
  if (unit === 'share') return plus(difference) + fixed(difference * 100, 2);
  return plus(difference) + fixed(difference, decimalsOf(unit, scale ?? difference));
}

/** In the unit of its row, unless next to nothing would be left of it there: `+8 B` beside `1.81 KiB`. */
function formatBytes(bytes: number, scale = bytes): string {
  const size = Math.max(Math.abs(Math.abs(bytes) * 100 < Math.abs(scale) ? bytes : scale), 1);
  const power = Math.min(Math.floor(Math.log2(size) / 10), BYTE_UNITS.length - 1);
  const scaled = bytes / 1024 ** power;
  return `${fixed(scaled, power === 0 ? 0 : significant(scaled, 3))} ${BYTE_UNITS[power] ?? 'B'}`;
}

function decimalsOf(unit: Unit | undefined, scale: number): number {
  if (unit === 'share' || unit === 'nats') return 4;
  if (unit === 'rows' || unit === 'rows/s') return 0;
  if (unit === 'ratio') return 2;
  return unit === 'ms' ? Math.min(significant(scale, 3), 4) : Math.min(significant(scale, 4), 4);
}

function significant(value: number, digits: number): number {
  const size = Math.abs(value);
  return size === 0 ? 0 : Math.max(digits - 1 - Math.floor(Math.log10(size)), 0);
}

function plus(value: number): string {
  return value > 0 ? '+' : '';
}

function fixed(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (size >= GROUPED_BELOW) return minus(value.toExponential(3));
  const plain = size.toFixed(Math.min(decimals, 20));
  if (size > 0 && Number(plain) === 0) return minus(Number(value.toPrecision(2)).toString());
  const [whole = '0', rest] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return (value < 0 ? '−' : '') + grouped + (rest === undefined ? '' : `.${rest}`);
}

function minus(plain: string): string {
  return plain.replaceAll('-', '−');
}
