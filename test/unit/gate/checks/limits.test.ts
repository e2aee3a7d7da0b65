import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../src/core/fact.ts';
import { checkData } from '../../../../src/gate/checks/data.ts';
import { checkLatency } from '../../../../src/gate/checks/latency.ts';
import { checkMemory } from '../../../../src/gate/checks/memory.ts';
import type { DataFacts, SideFacts } from '../../../../src/gate/facts.ts';
import type { GateSettings } from '../../../../src/gate/settings.ts';
import { measureDrift } from '../../../../src/stats/drift/measure-drift.ts';
import { gateFacts, settingsOf, side, tableFacts, WHY } from '../../../support/gate-facts.ts';

const STEADY = Float64Array.from({ length: 1000 }, (_, i) => 1 + i / 1000);

describe('latency', () => {
  const run = (
    latency: GateSettings['latency'],
    ours: Partial<SideFacts> = {},
    theirs: Partial<SideFacts> = {},
  ) =>
    checkLatency(
      gateFacts({
        challenger: side({ latencyMs: known(STEADY), ...ours }),
        champion: side({ latencyMs: known(STEADY), ...theirs }),
      }),
      settingsOf({}, { latency }),
    );
  const gates = (checks: ReturnType<typeof run>) => checks.filter(({ role }) => role === 'gate');

  it.each<[string, GateSettings['latency'], string]>([
    ['a median below', { p50: 2 }, 'pass'],
    ['a median just above the limit', { p50: 1.49 }, 'fail'],
    ['a median whose bound crosses it', { p50: 1.501 }, 'hold'],
    ['p99 below', { p99: 2 }, 'pass'],
    ['no more than the champion', { maxRatio: 1 }, 'pass'],
    ['a ratio below', { maxRatio: 0.9 }, 'fail'],
    ['a cold start below', { coldStart: 6 }, 'pass'],
    ['a cold start above', { coldStart: 5.9 }, 'fail'],
  ])('%s', (_, latency, outcome) => expect(gates(run(latency))).toMatchObject([{ outcome }]));

  it('without limits is shown and never decides', () => expect(gates(run({}))).toEqual([]));

  it('that was not timed is an error where it is limited', () => {
    const untimed = { latencyMs: unknown(WHY), coldStartMs: unknown(WHY), rowsPerSecond: unknown(WHY) };
    const limits = { p95: 5, maxRatio: 2, coldStart: 9 };
    expect(gates(run(limits, untimed)).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['latency', 'error'],
      ['latency.ratio', 'error'],
      ['latency.cold_start', 'error'],
    ]);
    expect(gates(run({ maxRatio: 2 }, {}, { latencyMs: unknown(WHY) }))).toMatchObject([
      { outcome: 'error' },
    ]);
  });
});

describe('memory', () => {
  const run = (memory: GateSettings['memory'], more: Partial<SideFacts> = {}) =>
    checkMemory(gateFacts({ challenger: side(more) }), settingsOf({}, { memory })).filter(
      ({ role }) => role === 'gate',
    );
  it.each<[GateSettings['memory'], Partial<SideFacts>, string]>([
    [{ file: 1000 }, {}, 'pass'],
    [{ file: 999 }, {}, 'fail'],
    [{ peakRss: 50_000_000 }, {}, 'pass'],
    [{ peakRss: 49_999_999 }, {}, 'fail'],
    [{ peakRss: 1 }, { peakMemory: unknown(WHY) }, 'error'],
  ])('%j with %j: %s', (memory, more, outcome) => expect(run(memory, more)).toMatchObject([{ outcome }]));
});

/** A feature of `rows` evenly spread numbers, moved by some of its standard widths. */
function drifted(by: number, rows: number) {
  const values = (shift: number) => Float64Array.from({ length: rows }, (_, row) => row / rows + shift);
  const column = (shift: number) => ({ type: 'number', values: values(shift), missing: 0 }) as const;
  return { name: 'age', result: measureDrift(column(0), column(by)) };
}

describe('the table', () => {
  const run = (data: GateSettings['data'], more: Partial<DataFacts> = {}) =>
    checkData(gateFacts({ data: [tableFacts(more)] }), settingsOf({}, { data })).filter(
      ({ role }) => role === 'gate',
    );
  it.each<[string, GateSettings['data'], Partial<DataFacts>, string]>([
    ['rows enough', { minRows: 1500 }, {}, 'pass'],
    ['a row too few', { minRows: 1501 }, {}, 'hold'],
    ['positives enough', { minPositives: 500 }, {}, 'pass'],
    ['a positive too few', { minPositives: 501 }, {}, 'hold'],
    ['ids once', { maxDuplicateIds: 0 }, {}, 'pass'],
    ['one id twice', { maxDuplicateIds: 0 }, { ids: ['a', 'b', 'a'] }, 'fail'],
    ['one id often, one allowed', { maxDuplicateIds: 1 }, { ids: ['a', 'a', 'a', 'b'] }, 'pass'],
    ['two ids twice, one allowed', { maxDuplicateIds: 1 }, { ids: ['a', 'a', 'b', 'b'] }, 'fail'],
    ['empty ids', { maxDuplicateIds: 0 }, { ids: ['', '', 'a'] }, 'fail'],
    ['no ids', { maxDuplicateIds: 0 }, { ids: undefined }, 'error'],
    ['no shared row', { maxSharedRows: 0 }, { sharedWithTraining: known({ rows: 0, by: 'id' }) }, 'pass'],
    ['a shared row', { maxSharedRows: 0 }, { sharedWithTraining: known({ rows: 1, by: 'id' }) }, 'fail'],
    ['shared rows not found out', { maxSharedRows: 0 }, { sharedWithTraining: unknown(WHY) }, 'error'],
    ['no training table', { maxSharedRows: 0 }, {}, 'error'],
    ['no drift from training', { maxPsi: 0.1 }, { trainingDrift: known([drifted(0, 5000)]) }, 'pass'],
    ['drift from training', { maxPsi: 0.1 }, { trainingDrift: known([drifted(3, 5000)]) }, 'fail'],
    ['rows too few to tell drift', { maxPsi: 0.1 }, { trainingDrift: known([drifted(0, 30)]) }, 'hold'],
    ['drift not measured', { maxPsi: 0.1 }, { trainingDrift: unknown(WHY) }, 'error'],
    ['drift from no training table', { maxPsi: 0.1 }, {}, 'error'],
    ['missing labels', {}, { labels: unknown(WHY) }, 'error'],
    ['labels that fit no task', {}, { scheme: unknown(WHY) }, 'error'],
    ['no row at all', {}, { rows: 0, labels: known([]) }, 'error'],
  ])('%s', (_, ...[data, more, outcome]) => expect(run(data, more)).toMatchObject([{ outcome }]));

  it('is shown beside the training table where no limit is set', () => {
    const checks = (feature: ReturnType<typeof drifted>) =>
      checkData(gateFacts({ data: [tableFacts({ trainingDrift: known([feature]) })] }), settingsOf()).filter(
        ({ id }) => id === 'data.drift',
      );
    expect(checks(drifted(0, 5000))).toMatchObject([{ role: 'inform', outcome: 'pass' }]);
    expect(checks(drifted(3, 5000))).toMatchObject([
      {
        role: 'inform',
        outcome: 'hold',
        message: expect.stringMatching(/^1 of 1 feature is far .* "age" \(PSI/),
      },
    ]);
  });

  it('that is frozen need not be as large as the test table', () => {
    expect(run({ minRows: 9000, minPositives: 9000 }, { role: 'frozen' })).toEqual([]);
  });

  it('of scores needs no labels', () => {
    const facts = gateFacts({ task: known('score'), data: [tableFacts({ scheme: unknown(WHY) })] });
    expect(checkData(facts, settingsOf())).toMatchObject([
      { role: 'inform', outcome: 'pass' },
      { id: 'data.duplicate_ids' },
    ]);
  });
});
