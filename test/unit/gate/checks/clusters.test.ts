import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../../src/core/check.ts';
import { known } from '../../../../src/core/fact.ts';
import { checkChampion } from '../../../../src/gate/checks/champion.ts';
import { checkMetrics } from '../../../../src/gate/checks/metrics.ts';
import { checkSlices } from '../../../../src/gate/checks/slices.ts';
import type { DataFacts } from '../../../../src/gate/facts.ts';
import { selectRows } from '../../../../src/gate/mapping/select-rows.ts';
import { binarySample, gateFacts, settingsOf, tableFacts } from '../../../support/gate-facts.ts';

const CUSTOMERS = 150;
const COPIES = 20;

/** Which customer each row belongs to: the same 150, twenty rows each. */
const rows = Array.from({ length: CUSTOMERS * COPIES }, (_, row) => row % CUSTOMERS);

/** The table in which every row of 150 stands twenty times: no more is known than from 150. */
function copied(clusters: Int32Array | undefined): DataFacts {
  const sample = (skill: number) => selectRows(binarySample(CUSTOMERS, skill), rows);
  return tableFacts({
    rows: rows.length,
    challenger: known({ sample: sample(0.3) }),
    champion: known({ sample: sample(0.3 + 1e-3) }),
    naive: known(sample(0)),
    clusters,
    slices: [{ name: 'all', values: rows.map(() => 'yes') }],
  });
}

const settings = settingsOf(
  { brier: { maxDrop: 0.01, max: 0.5 } },
  { slices: { require: 'proved', maxDrop: {}, minRows: 50 } },
);
const outcomes = (
  check: (facts: ReturnType<typeof gateFacts>, gate: typeof settings) => CheckResult[],
  clusters: Int32Array | undefined,
) =>
  check(gateFacts({ data: [copied(clusters)] }), settings).filter(
    (each) => each.metric === 'brier' && each.limit !== undefined,
  );

describe('rows of one entity', () => {
  it('count once against the champion: copies prove what one row would, and no more', () => {
    const width = (found: CheckResult[]) =>
      (found[0]?.interval?.[1] ?? NaN) - (found[0]?.interval?.[0] ?? NaN);
    const once = width(outcomes(checkChampion, Int32Array.from(rows)));
    const often = width(outcomes(checkChampion, undefined));
    expect(once).toBeGreaterThan(3 * often);
  });

  it('count once on slices', () => {
    const [clustered] = outcomes(checkSlices, Int32Array.from(rows));
    const [plain] = outcomes(checkSlices, undefined);
    expect([clustered?.outcome, plain?.outcome]).toEqual(['hold', 'pass']);
  });

  it('count once for a ceiling', () => {
    const width = (found: CheckResult[]) =>
      (found[0]?.interval?.[1] ?? NaN) - (found[0]?.interval?.[0] ?? NaN);
    expect(width(outcomes(checkMetrics, Int32Array.from(rows)))).toBeGreaterThan(
      2 * width(outcomes(checkMetrics, undefined)),
    );
  });
});
