import { KnownGoodError } from '../../core/errors.ts';
import { known, unknown, type Fact } from '../../core/fact.ts';
import { parseStrictJson } from '../../core/json.ts';
import { verdictSchema } from '../../core/verdict.ts';
import type { Promised } from '../../shadow/facts.ts';
import { quote } from '../../verdict/sentences.ts';

const MOST_BYTES = 2 ** 20;

/** What a gate's verdict measured of champion and challenger on the held-out table; unknown where it compared nothing. Text that is no verdict is an `input` error. */
export function promisedBy({ name, text }: { name: string; text: string }): Fact<readonly Promised[]> {
  const parsed = verdictSchema.safeParse(parseStrictJson(text, { name, maxBytes: MOST_BYTES }));
  if (!parsed.success || parsed.data.kind !== 'gate')
    throw new KnownGoodError(
      'input',
      `${quote(name)} is no verdict of known-good gate. Hand in its verdict.json.`,
    );
  const promised = parsed.data.checks.flatMap((check): Promised[] => {
    const { metric, measured, baseline, difference, interval } = check;
    const compared = check.check === 'champion' && check.baselineName === 'champion';
    if (!compared || check.subject !== 'test' || metric === undefined) return [];
    if (typeof measured !== 'number' || baseline === undefined || difference === undefined) return [];
    return [
      {
        metric,
        champion: baseline,
        challenger: measured,
        difference,
        ...(interval === undefined ? {} : { interval }),
      },
    ];
  });
  if (promised.length === 0) return unknown(`${quote(name)} compares no metric with a champion.`);
  return known(promised);
}
