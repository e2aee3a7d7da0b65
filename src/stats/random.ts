/** A source of pseudo-random numbers whose sequence depends on the seed alone, on every platform. */
export interface SeededRandom {
  /** A multiple of 2⁻⁵³ in [0, 1). */
  uniform(): number;
  /** An integer in [0, n), each equally likely; n is an integer in [1, 2³²]. */
  below(n: number): number;
}

/**
 * Generator xoshiro128** (Blackman & Vigna 2021) whose state comes from four steps of splitmix32, so that
 * neighbouring seeds give unrelated sequences. The low 32 bits of the seed count; not for secrets.
 */
export function seededRandom(seed: number): SeededRandom {
  const next = xoshiro128(seed);
  return {
    uniform: () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992,
    below: (n) => {
      const limit = 4_294_967_296 - (4_294_967_296 % n);
      let draw = next();
      while (draw >= limit) draw = next();
      return draw % n;
    },
  };
}

function xoshiro128(seed: number): () => number {
  const mix = splitmix32(seed);
  let [a, b, c, d] = [mix(), mix(), mix(), mix()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
