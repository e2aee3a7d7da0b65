import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { EvidenceRef } from '../../../src/core/release.ts';
import { laneRelease } from '../../../src/ledger/lane-release.ts';
import { A, at } from '../../support/lane-story.ts';

function verdict(name: string, changes: Partial<EvidenceRef> = {}): EvidenceRef {
  return {
    kind: 'gate',
    digest: digestOf(name),
    outcome: 'pass',
    artifact: digestOf('artifact'),
    createdAt: at(0),
    reason: name,
    ...changes,
  };
}
const kept = (...evidence: EvidenceRef[]) =>
  laneRelease({ ...A, evidence }, 'production').evidence.map(({ reason }) => reason);

describe('laneRelease', () => {
  it.each<[string, EvidenceRef[], string[]]>([
    ['nothing of nothing', [], []],
    [
      'the newest of each kind',
      [verdict('old'), verdict('new', { createdAt: at(1) }), verdict('s', { kind: 'shadow' })],
      ['new', 's'],
    ],
    [
      'its own before a newer general one',
      [verdict('own', { environment: 'production' }), verdict('g', { createdAt: at(9) })],
      ['own'],
    ],
    ['none of another environment', [verdict('other', { environment: 'staging' })], []],
    [
      'the worse of two of the same moment',
      [verdict('pass'), verdict('hold', { outcome: 'hold' })],
      ['hold'],
    ],
    [
      'the newest by instant, not by spelling',
      [
        verdict('a', { createdAt: '2026-03-01T00:00:00Z' }),
        verdict('b', { createdAt: '2026-03-01T00:00:00.500Z' }),
      ],
      ['b'],
    ],
  ])('keeps %s', (_, evidence, reasons) => {
    expect(kept(...evidence)).toEqual(reasons);
  });

  it('leaves all else of the release as it is', () => {
    expect(laneRelease(A, 'production')).toEqual(A);
  });

  it('twice is once', () => {
    const once = laneRelease(
      { ...A, evidence: [verdict('a'), verdict('b', { kind: 'shadow' })] },
      'production',
    );
    expect(laneRelease(once, 'production')).toEqual(once);
  });
});
