/** What may be otherwise in the small log. */
export interface SmallShadow {
  rows?: number;
  /** What the log calls the two releases; absent: it has no version columns. */
  versions?: readonly [champion: string, challenger: string];
  /** The challenger knows nothing. */
  isBad?: boolean;
}

const MINUTE = 60_000;
const START = Date.parse('2024-01-01T00:00:00.000Z');

/** Numbers in [0, 1) that look random and are the same at each call. */
function* noise(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

/** A JSONL log of two models on the same requests, labels within; the challenger is better unless it is bad. The same at each call. */
export function smallShadow({ rows = 1500, versions, isBad = false }: SmallShadow = {}): string {
  const random = noise();
  const next = () => random.next().value;
  const named = (i: 0 | 1) => (versions === undefined ? {} : { version: versions[i] });
  return Array.from({ length: rows }, (_, i) => {
    const label = next() < 0.4 ? 1 : 0;
    // Both err on the same requests, mostly: two models of one task agree more than they differ.
    const common = next();
    const guess = () => 0.9 * common + 0.1 * next();
    const score = (share: number) => Number((share * label + (1 - share) * guess()).toFixed(4));
    const asked = START + i * MINUTE;
    const row = {
      request_id: `r-${i}`,
      timestamp: new Date(asked).toISOString(),
      region: ['north', 'south'][i % 2],
      champion: { ...named(0), score: score(0.2), latency_ms: 1 + next() },
      challenger: { ...named(1), score: isBad ? next() : score(0.25), latency_ms: 1 + next() },
      label,
      label_timestamp: new Date(asked + 60 * MINUTE).toISOString(),
    };
    return `${JSON.stringify(row)}\n`;
  }).join('');
}
