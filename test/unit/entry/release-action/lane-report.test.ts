import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import { KnownGoodError } from '../../../../src/core/errors.ts';
import { reportChange, reportLane, reportLooks } from '../../../../src/entry/release-action/lane-report.ts';
import type { LaneResult } from '../../../../src/promotion/lane-result.ts';

const result = (more: Partial<LaneResult> = {}): LaneResult => ({
  schema: 1,
  command: 'verify',
  lane: { model: 'bank', environment: 'prod' },
  outcome: 'done',
  message: 'It serves.',
  ...more,
});
const lane = (environment: string) => ({ model: 'bank', environment });
const look = (environment: string, outcome: LaneResult['outcome']) => ({
  lane: lane(environment),
  result: result({ lane: lane(environment), outcome, message: `${environment} is ${outcome}.` }),
});

describe('reportLooks', () => {
  it('takes code and outputs of the worst lane, and shows all', () => {
    const error = new KnownGoodError('unavailable', 'The registry is silent.');
    const looks = [
      look('a', 'done'),
      look('b', 'waiting'),
      look('c', 'moved-not-proved'),
      { lane: lane('d'), error },
    ];
    const silent = reportLooks(looks);
    expect([silent.code, silent.outputs.outcome]).toEqual([3, 'moved-not-proved']);
    const failing = reportLooks([...looks, look('e', 'failed')]);
    expect([failing.code, failing.outputs]).toEqual([
      1,
      expect.objectContaining({ outcome: 'failed', lane: 'bank/e' }),
    ]);
    for (const name of ['a', 'b', 'c', 'd', 'e']) expect(failing.summary).toContain(`verify bank/${name}`);
    expect(failing.summary).toContain('The registry is silent.');
    expect(failing.annotations.map(({ level }) => level)).toEqual(['warning', 'error', 'error', 'error']);
    expect([reportLooks(looks.slice(0, 2)).code, reportLooks(looks.slice(0, 1)).code]).toEqual([2, 0]);
  });

  it('is content where there is nothing to look at', () => {
    expect(reportLooks([])).toMatchObject({ code: 0, outputs: { outcome: 'nothing' } });
  });
});

describe('reportLane', () => {
  it('names every reason of a refusal once, at most ten', () => {
    const reasons = Array.from(
      { length: 12 },
      (_, i) => ({ code: 'order', message: `Reason ${i}.`, settle: 'verify a' }) as const,
    );
    const report = reportLane(result({ command: 'promote', outcome: 'refused', reasons }));
    expect(report.annotations).toHaveLength(10);
    expect(report.annotations[0]).toEqual({
      level: 'error',
      title: 'bank/prod: promote refused',
      message: 'Reason 0. To settle it: known-good verify a',
    });
    expect(report.summary).toContain('Reason 11. `known-good verify a`');
  });

  it('lets nothing foreign be active in the summary, nor break a line of an annotation', () => {
    const message = 'x\n::error::@ana <b>#1</b> | [a](https://e.example)';
    const release = { version: '@ana', digest: digestOf('x') } as NonNullable<LaneResult['release']>;
    const report = reportLane(result({ outcome: 'failed', message, release, from: 'absent' }));
    const active = report.summary.replace(/`[^`]*`/g, '');
    expect(active).not.toMatch(/@ana|<b>|\]\(|::error/);
    expect(report.annotations[0]?.message).not.toContain('\n');
    expect(report.outputs.message).not.toContain('\n');
  });

  it('leaves empty what is not known', () => {
    expect(reportLane(result()).outputs).toEqual({
      outcome: 'done',
      message: 'It serves.',
      lane: 'bank/prod',
      version: '',
      digest: '',
      from: '',
      head: '',
    });
  });
});

it('annotates a registration that is refused, and no other', () => {
  const refused = reportChange({ schema: 1, command: 'register', outcome: 'refused', message: 'No.' });
  expect([refused.code, refused.annotations.length]).toEqual([1, 1]);
  const done = reportChange({ schema: 1, command: 'register', outcome: 'done', message: 'Yes.' });
  expect([done.code, done.annotations, done.outputs.outcome]).toEqual([0, [], 'done']);
});
