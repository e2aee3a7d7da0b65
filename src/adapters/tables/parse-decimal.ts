/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** 2^27 + 1 splits a double into two halves. */
const SPLITTER = 2 ** 27 + 1;

const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/** Digits that are collected as one exact integer, and digits after them that are collected as a second one. */
const FIRST_DIGITS = 15;
const MORE_DIGITS = 6;

const MINUS = 45;
const PLUS = 43;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/**
 * The number that a decimal without exponent (`-12`, `3.25`, `.5`) in bytes [start, end) stands for, without making a
 * string; `NaN` for everything else, and where rounding is too close to call: ask `parseDecimal` then. The same double
 * as `Number` gives: up to 15 digits divided by an exact power of ten round once (Clinger 1990, "How to read floating
 * point numbers accurately").
 */
export function parsePlainDecimal(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start];
  // One digit is what one-hot tables mostly hold.
  if (end - start === 1 && sign !== undefined && sign >= ZERO && sign <= NINE) return sign - ZERO;
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let high = 0;
  let highDigits = 0;
  let low = 0;
  let lowDigits = 0;
  let point = -1;
  for (let at = first; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (highDigits < FIRST_DIGITS) {
        high = high * 10 + digit;
        if (high !== 0) highDigits++;
      } else {
        low = low * 10 + digit;
        lowDigits++;
      }
    } else if (byte === POINT && point < 0) point = at;
    else return NaN;
  }
  const decimals = point < 0 ? 0 : end - point - 1;
  const digits = end - first - (point < 0 ? 0 : 1);
  if (digits === 0 || decimals >= POWERS.length || lowDigits > MORE_DIGITS) return NaN;
  const divisor = POWERS[decimals] as number;
  const size =
    lowDigits === 0 ? high / divisor : divideLong(high, { low, scale: POWERS[lowDigits] as number, divisor });
  return sign === MINUS ? -size : size;
}

/** a·b − product, exactly, where product = a·b rounded (Dekker 1971, with Veltkamp's splitting). */
function productError(a: number, b: number, product: number): number {
  const ta = a * SPLITTER;
  const tb = b * SPLITTER;
  const ah = ta - (ta - a);
  const bh = tb - (tb - b);
  const al = a - ah;
  const bl = b - bh;
  return al * bl - (product - ah * bh - al * bh - ah * bl);
}

/**
 * (high·scale + low) / divisor, rounded once: in two doubles (relative error below 2^-102), and `NaN` when 2^-98 more or
 * less would round to another double (Ziv 1991).
 */
function divideLong(
  high: number,
  { low, scale, divisor }: { low: number; scale: number; divisor: number },
): number {
  const product = high * scale;
  const rest = productError(high, scale, product) + low;
  const top = product + rest;
  const bottom = rest - (top - product);
  const quotient = top / divisor;
  const back = quotient * divisor;
  const correction = (top - back - productError(quotient, divisor, back) + bottom) / divisor;
  const slack = quotient * 2 ** -98;
  const above = quotient + (correction + slack);
  return above === quotient + (correction - slack) ? above : NaN;
}

/**
 * The number that a text stands for: digits with an optional sign, point and exponent. `NaN` and `nan` are NaN;
 * `undefined` for anything else (`0x10`, `1_000`, `1,5`, `inf`); a number beyond the doubles is ±Infinity.
 */
export function parseDecimal(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  return text === 'NaN' || text === 'nan' ? NaN : undefined;
}

/** Whether a text has a zero in front of other digits (`007`, `-01.5`): an identifier rather than a number. */
export function hasLeadingZero(text: string): boolean {
  return /^[+-]?0[0-9]/.test(text);
}
