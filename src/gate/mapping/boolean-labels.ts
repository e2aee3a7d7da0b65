const BOOLEANS: Readonly<Record<string, string>> = { false: '0', true: '1' };

/** `0` or `1` for `False` or `True` in any case, as pandas, R and SQL write it; `undefined` for anything else. */
export function booleanAsNumber(text: string): string | undefined {
  const key = text.toLowerCase();
  return Object.hasOwn(BOOLEANS, key) ? BOOLEANS[key] : undefined;
}

/** The same labels with booleans as `0` and `1`, where all of them are booleans; else as they are. No label at all stays so. */
export function booleansAsNumbers(labels: readonly string[]): readonly string[] {
  const numbers: string[] = [];
  for (const label of labels) {
    const number = booleanAsNumber(label);
    if (number === undefined) return labels;
    numbers.push(number);
  }
  return numbers;
}
