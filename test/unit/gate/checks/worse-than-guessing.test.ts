import { describe, expect, it } from 'vitest';
import { known } from '../../../../src/core/fact.ts';
import type { Sample } from '../../../../src/core/task.ts';
import { checkChampion } from '../../../../src/gate/checks/champion.ts';
import { binarySample, gateFacts, settingsOf, tableFacts } from '../../../support/gate-facts.ts';

/** The same scores, read with the classes mixed up. */
function mixedUp(sample: Sample): Sample {
  if (sample.task !== 'binary-classification') throw new Error('binary samples only');
  return { ...sample, scores: sample.scores.map((score) => 1 - score) };
}

const run = (challenger: Sample, champion: Sample) =>
  checkChampion(
    gateFacts({
      data: [
        tableFacts({ challenger: known({ sample: challenger }), champion: known({ sample: champion }) }),
      ],
    }),
    settingsOf({ roc_auc: { maxDrop: 0.01 } }),
  ).filter((check) => check.reason === 'worse-than-guessing');

describe('a model that is worse than guessing', () => {
  const [better, worse] = [binarySample(1500, 0.5), binarySample(1500, 0.4)];

  it('holds, on whichever side: two models with mixed-up classes compare the wrong way round', () => {
    const found = run(mixedUp(worse), mixedUp(better));
    expect(found.map(({ id, role, outcome }) => [id, role, outcome])).toEqual([
      ['champion.guessing.champion', 'gate', 'hold'],
      ['champion.guessing.challenger', 'gate', 'hold'],
    ]);
    expect(found[0]?.message).toContain('is "1" really the positive class?');
  });

  it('is not suspected where it knows something', () => expect(run(better, worse)).toEqual([]));
});
