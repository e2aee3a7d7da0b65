import { describe, expect, it } from 'vitest';
import { checkResultSchema } from '../../../src/core/check.ts';
import { known, unknown } from '../../../src/core/fact.ts';
import { evaluateGate } from '../../../src/gate/evaluate-gate.ts';
import type { GateFacts } from '../../../src/gate/facts.ts';
import { judge } from '../../../src/gate/verdict.ts';
import {
  EVERYTHING,
  gateFacts,
  PROBES,
  settingsOf,
  side,
  tableFacts,
  unknownFacts,
  WHY,
} from '../../support/gate-facts.ts';

const METRICS = {
  roc_auc: { min: 0.5, max: 1, maxDrop: 0.01 },
  f1: { maxDrop: 0.01, decide: 'point' },
} as const;
const ALL = settingsOf(METRICS, EVERYTHING);

const passes = (facts: GateFacts) =>
  evaluateGate(facts, ALL)
    .filter((check) => check.role === 'gate' && check.outcome === 'pass')
    .map((check) => check.id);

describe('what could not be learned', () => {
  it('is a pass of no gate, but of those that rest on what is known', () => {
    // The file was read, every id occurs once, and the table has rows enough: that much is known.
    expect(passes(unknownFacts())).toEqual(
      ['structure', 'data.duplicate_ids', 'data.rows', 'memory.file'].toSorted(
        (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b),
      ),
    );
    expect(judge(evaluateGate(unknownFacts(), ALL)).outcome).not.toBe('pass');
  });

  it('is a pass of no gate where there is no table at all', () => {
    const outcome = judge(evaluateGate(gateFacts({ data: [] }), settingsOf())).outcome;
    expect(outcome).toBe('error');
  });

  const nan = known(Number.NaN);
  const cases: [string, string, Partial<GateFacts>][] = [
    [
      'latency.p95',
      'a NaN among the times',
      { challenger: side({ latencyMs: known(Float64Array.of(1, Number.NaN)) }) },
    ],
    ['latency.p95', 'no times at all', { challenger: side({ latencyMs: known(new Float64Array()) }) }],
    ['latency.ratio', 'a champion without times', { champion: side({ latencyMs: unknown(WHY) }) }],
    [
      'latency.ratio',
      'a champion that takes no time',
      { champion: side({ latencyMs: known(new Float64Array(9)) }) },
    ],
    ['latency.cold_start', 'NaN', { challenger: side({ coldStartMs: nan }) }],
    ['latency.throughput', 'endless throughput', { challenger: side({ rowsPerSecond: known(Infinity) }) }],
    ['memory.peak_rss', 'NaN', { challenger: side({ peakMemory: nan }) }],
    ['smoke', 'no answers', { data: [tableFacts({ rows: 0 })] }],
    ['smoke.batches', 'no batch', { probes: { ...PROBES, batches: [] } }],
    [
      'smoke.missing',
      'no row',
      { probes: { ...PROBES, missing: known({ rows: 0, nonFinite: [], refused: [] }) } },
    ],
    [
      'determinism.twice',
      'no row',
      { probes: { ...PROBES, twice: known({ rows: 0, differing: 0, largest: 0 }) } },
    ],
    [
      'determinism.alone',
      'NaN',
      { probes: { ...PROBES, alone: known({ rows: 9, differing: 1, largest: Number.NaN }) } },
    ],
    ['smoke', 'no probes', { probes: undefined }],
    ['signature', 'a champion that was not loaded', { champion: side({ opened: unknown(WHY) }) }],
    [
      'slices',
      'no champion, and slices must be proved',
      {
        data: [
          tableFacts({
            champion: undefined,
            slices: [{ name: 's', values: Array.from({ length: 1500 }, () => 'a') }],
          }),
        ],
      },
    ],
  ];
  it.each(cases)('%s is no pass with %s', (id, _, more) => {
    const before = passes(gateFacts());
    expect(id === 'slices' || before.includes(id), `${id} passes when all is known`).toBe(true);
    expect(passes(gateFacts(more))).not.toContain(id);
  });

  it('is written down in results that the schema takes', () => {
    for (const facts of [gateFacts(), unknownFacts(), ...cases.map(([, , more]) => gateFacts(more))])
      for (const check of evaluateGate(facts, ALL))
        expect(checkResultSchema.safeParse(check).error).toBe(undefined);
  });
});

const ORDER = ['structure', 'data.rows', 'data.duplicate_ids', 'memory.file'];

describe('a verdict', () => {
  it('of zero gates is hold', () => {
    expect(judge([])).toMatchObject({ outcome: 'hold', reason: expect.stringMatching(/No gate ran/) });
    const informs = evaluateGate(gateFacts(), ALL).filter((check) => check.role === 'inform');
    expect(judge(informs).outcome).toBe('hold');
  });

  it('is the worst of its gates, and lies bind before limits', () => {
    const [gate] = evaluateGate(gateFacts(), ALL).filter((check) => check.role === 'gate');
    const check = (name: 'declared' | 'latency', outcome: 'fail' | 'error') => ({
      ...gate!,
      id: name,
      check: name,
      outcome,
    });
    expect(judge([check('latency', 'fail'), check('declared', 'fail')])).toMatchObject({
      outcome: 'fail',
      binding: 'declared',
    });
    expect(judge([check('latency', 'fail'), check('declared', 'error')]).binding).toBe('latency');
    expect(judge([gate!])).toEqual({ outcome: 'pass', reason: 'The one gate passes.' });
  });

  it('has an id of its own for every check', () => {
    const values = Array.from({ length: 1500 }, (_, i) => `${'long '.repeat(60)}${i % 3}`);
    const facts = gateFacts({ data: [tableFacts({ slices: [{ name: 's', values }] })] });
    const ids = evaluateGate(facts, ALL).map((check) => check.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
