import { describe, expect, it } from 'vitest';
import { annotations } from '../../../src/report/annotations.ts';
import { summaryLine } from '../../../src/report/summary-line.ts';
import { told } from '../../support/sample-checks.ts';
import { SAMPLES } from '../../support/sample-verdicts.ts';

const sample = (name: string) => {
  const found = SAMPLES[name];
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.verdict;
};

describe('annotations', () => {
  it('has none for a pass', () => {
    expect(annotations(sample('pass-bike'))).toEqual([]);
  });

  it('says false declarations first, and gates that fail as errors', () => {
    const found = annotations(sample('fail-declared'));
    expect(found.map(({ level }) => level)).toEqual(Array.from({ length: 5 }, () => 'error'));
    expect(found[0]?.title).toBe('ROC-AUC, declared vs measured: fail');
    expect(found[0]?.message).toContain('declares 0.7951, measured is 0.5411. compare');
  });

  it('warns of holds', () => {
    const found = annotations(sample('hold-few-rows'));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ level }) => level))).toEqual(new Set(['warning']));
  });

  it('leaves what only informs to the report', () => {
    expect(annotations(sample('hold-no-gates'))).toEqual([]);
  });

  it('stops at 10 and says how many more there are', () => {
    const checks = Array.from({ length: 30 }, (_, index) =>
      told('data', `Broken ${index}.`, {
        id: `data.${index}`,
        outcome: index < 5 ? 'fail' : 'hold',
        reason: 'broken',
      }),
    );
    const found = annotations({ ...sample('fail-bike'), checks });
    expect(found).toHaveLength(10);
    expect(found[9]).toEqual({
      level: 'warning',
      title: '21 more checks did not pass',
      message: 'The report lists them all.',
    });
  });

  it('lets no control character or line break through', () => {
    const found = annotations(sample('fail-hostile-names'));
    expect(found.length).toBeGreaterThan(0);
    for (const { title, message } of found) expect(`${title}${message}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('summaryLine', () => {
  it.each([
    [
      'hold-few-rows',
      '◐ HOLD — bank 1.8.0 is not proved safe for production. Brier score is 0.12 points worse on 400 rows; the interval reaches 0.59 points and the margin is 0.50; about 620 labelled rows in all would settle it.',
    ],
    [
      'error-timeout',
      '! ERROR — bank 3.0.0 could not be judged for production. The model did not answer within 30 s for one row and was stopped, so nothing could be measured.',
    ],
  ])('%s', (name, expected) => {
    expect(summaryLine(sample(name))).toBe(expected);
  });

  it('stays on one line for hostile names', () => {
    expect(summaryLine(sample('fail-hostile-names'))).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
