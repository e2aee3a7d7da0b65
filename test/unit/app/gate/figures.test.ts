import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../../src/app/gate/figures.ts';
import { known, unknown } from '../../../../src/core/fact.ts';
import type { Sample } from '../../../../src/core/task.ts';
import type { DataFacts } from '../../../../src/gate/facts.ts';
import { gateFacts, tableFacts } from '../../../support/gate-facts.ts';

const binary = (labels: number[], scores: number[]): Sample => ({
  task: 'binary-classification',
  labels: Uint8Array.from(labels),
  scores: Float64Array.from(scores),
  decisions: Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0)),
});
const regression = (labels: number[], predictions: number[]): Sample => ({
  task: 'regression',
  labels: Float64Array.from(labels),
  predictions: Float64Array.from(predictions),
});
const SCORES: Sample = { task: 'score', scores: Float64Array.of(0.5, 1) };
const figures = (challenger: Sample, champion?: Sample, more: Partial<DataFacts> = {}) =>
  figuresOf(
    gateFacts({
      data: [
        tableFacts({
          challenger: known({ sample: challenger }),
          champion: champion && known({ sample: champion }),
          ...more,
        }),
      ],
    }),
  );

describe('the points of the charts', () => {
  it('of a ROC curve go from (0, 0) to (1, 1), up where positives score high', () => {
    const { roc } = figures(binary([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]));
    expect(roc?.challenger).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 0.5 },
      { x: 0.5, y: 0.5 },
      { x: 0.5, y: 1 },
      { x: 1, y: 1 },
    ]);
    expect(roc?.champion).toBeUndefined();
  });

  it('of a calibration are the bins that hold rows, whose counts sum to the rows', () => {
    const { calibration } = figures(binary([0, 1, 0, 1], [0.05, 0.05, 0.95, 0.95]));
    expect(calibration?.challenger).toEqual([
      { predicted: expect.closeTo(0.05), observed: 0.5, count: 2 },
      { predicted: expect.closeTo(0.95), observed: 0.5, count: 2 },
    ]);
  });

  it('show the champion beside the challenger, each with its own numbers', () => {
    const { roc, calibration } = figures(binary([0, 1], [0.2, 0.8]), binary([0, 1], [0.8, 0.2]));
    expect(roc?.challenger).toContainEqual({ x: 0, y: 1 });
    expect(roc?.champion).toContainEqual({ x: 1, y: 0 });
    expect(calibration?.champion?.map((bin) => bin.observed)).toEqual([1, 0]);
  });

  it('of a regression are ten bins of equally many rows, in the order of the prediction', () => {
    const labels = Array.from({ length: 25 }, (_, i) => 2 * (24 - i));
    const { roc, calibration } = figures(
      regression(
        labels,
        labels.map((label) => label / 2),
      ),
    );
    const bins = calibration?.challenger ?? [];
    expect(roc).toBeUndefined();
    expect(bins.map((bin) => bin.count)).toEqual([2, 3, 2, 3, 2, 3, 2, 3, 2, 3]);
    expect(bins[0]).toEqual({ predicted: 0.5, observed: 1, count: 2 });
    expect(bins.at(-1)).toEqual({ predicted: 23, observed: 46, count: 3 });
  });

  it('of fewer rows than bins are one bin a row', () => {
    expect(figures(regression([3, 1], [4, 2])).calibration?.challenger).toEqual([
      { predicted: 2, observed: 1, count: 1 },
      { predicted: 4, observed: 3, count: 1 },
    ]);
  });

  it.each<[string, Sample]>([
    ['scores', SCORES],
    ['no rows', regression([], [])],
  ])('are none for %s', (_, sample) => expect(figures(sample, sample)).toEqual({}));

  it('are none where the challenger is not measured, and lack a champion that is not', () => {
    expect(figures(SCORES, undefined, { challenger: unknown('no') })).toEqual({});
    const own = figures(binary([0, 1], [0.2, 0.8]), undefined, { champion: unknown('no') });
    expect([own.roc?.challenger.length, own.roc?.champion]).toEqual([3, undefined]);
  });

  it('never come from the frozen table', () => {
    expect(figures(binary([0, 1], [0.2, 0.8]), undefined, { role: 'frozen' })).toEqual({});
  });
});
