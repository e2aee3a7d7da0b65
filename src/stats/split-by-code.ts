/** The values of each code from 0 to `codeCount` − 1, in their order; those with another code are left out. `codes` are as many as values. */
export function splitByCode(
  values: Float64Array,
  codes: Int32Array | Uint8Array,
  codeCount: number,
): Float64Array[] {
  const sizes = new Int32Array(codeCount);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code >= 0 && code < codeCount) sizes[code] = (sizes[code] as number) + 1;
  }
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  const next = new Int32Array(codeCount);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (!(code >= 0 && code < codeCount)) continue;
    const place = next[code] as number;
    (parts[code] as Float64Array)[place] = values[row] as number;
    next[code] = place + 1;
  }
  return parts;
}
