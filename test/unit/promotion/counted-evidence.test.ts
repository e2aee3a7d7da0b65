import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { EvidenceRef } from '../../../src/core/release.ts';
import { openEvidence } from '../../../src/ledger/evidence-ref.ts';
import { countedEvidence } from '../../../src/promotion/counted-evidence.ts';
import { A } from '../../support/lane-story.ts';
import { withVerdicts, writtenVerdict, type WrittenVerdict } from '../../support/opened-evidence.ts';

const old = writtenVerdict(A, { createdAt: '2026-02-01T00:00:00.000Z' });
const fail = writtenVerdict(A, {
  outcome: 'fail',
  reason: 'AUC fell.',
  createdAt: '2026-02-02T00:00:00.000Z',
});
const own = writtenVerdict(A, { environment: 'production', createdAt: '2026-02-03T00:00:00.000Z' });

type Record = [WrittenVerdict, Partial<EvidenceRef>?];

/** What counts for production, by a record that tells of these verdicts otherwise than they are, and by their documents. */
function count(records: Record[], texts: { [digest: string]: string | undefined } = {}) {
  const release = withVerdicts(A, ...records.map(([verdict]) => verdict));
  const evidence = records.map(([{ ref }, changes]) => ({ ...ref, ...changes }));
  const opened = Object.fromEntries(
    records.map(([{ ref, text }]) => [
      ref.digest,
      openEvidence(ref.digest, ref.digest in texts ? texts[ref.digest] : text),
    ]),
  );
  const view = { lane: { environment: 'production' } };
  const { reasons, evidence: counted } = countedEvidence(
    { view, release: { ...release, evidence }, opened },
    'gate',
  );
  return { codes: reasons.map(({ code }) => code), message: reasons[0]?.message, counted };
}

describe('the verdict that counts, where record and documents agree', () => {
  it.each<[string, Record[], WrittenVerdict]>([
    ['the only one', [[old]], old],
    ['the newest', [[old], [fail]], fail],
    ['the one of the environment, whatever the order', [[own], [fail], [old]], own],
  ])('%s', (_, records, expected) => {
    expect(count(records)).toEqual({ codes: [], message: undefined, counted: expected.ref });
  });

  it('none, where there is none', () => {
    expect(count([])).toEqual({ codes: [], message: undefined, counted: undefined });
  });

  it('a record of an older version may lack what the document says', () => {
    const { reason: _reason, ...brief } = old.ref;
    const release = withVerdicts(A, { ...old, ref: brief as EvidenceRef });
    const opened = { [old.ref.digest]: openEvidence(old.ref.digest, old.text) };
    const view = { lane: { environment: 'production' } };
    expect(countedEvidence({ view, release, opened }, 'gate')).toEqual({ evidence: old.ref, reasons: [] });
  });

  it('another verdict that is gone does not matter', () => {
    expect(count([[old], [own]], { [old.ref.digest]: undefined }).codes).toEqual([]);
  });
});

describe('a record that was altered', () => {
  it.each<[string, Record[], RegExp]>([
    ['a fail told as a pass', [[fail, { outcome: 'pass' }]], /outcome pass, and the verdict says fail/],
    [
      'another date',
      [[old, { createdAt: '2026-03-01T00:00:00.000Z' }]],
      /createdAt 2026-03-01.* says 2026-02-01/,
    ],
    ['other gates', [[old, { gates: digestOf('gates') }]], /gates sha256:.* says none/],
    [
      'a run on main that it was not made by',
      [[old, { ref: 'refs/heads/main', run: 'r' }]],
      /ref refs\/heads\/main/,
    ],
    [
      'a newer fail told as one of staging',
      [[old], [fail, { environment: 'staging' }]],
      /By the record .* gate verdict is .* \(pass\), by the documents .* \(fail\)/,
    ],
    [
      'a newer fail told as an old one',
      [[old], [fail, { createdAt: '2026-01-01T00:00:00.000Z' }]],
      /\(fail\)/,
    ],
    [
      'a fail told as one of another artifact',
      [[fail, { artifact: digestOf('x') }]],
      /is none, by the documents/,
    ],
    [
      'a verdict on another artifact told as one on this',
      [
        [
          writtenVerdict(A, { artifact: { path: 'p', digest: digestOf('x') } }),
          { artifact: old.ref.artifact },
        ],
      ],
      /by the documents none/,
    ],
  ])('%s', (_, records, message) => {
    const seen = count(records);
    expect(seen.codes).toEqual(['evidence-altered']);
    expect(seen.message).toMatch(message);
  });

  it('what else is wrong is asked of the document', () => {
    expect(count([[fail, { outcome: 'pass' }]]).counted).toEqual(fail.ref);
  });

  it.each([
    ['model', writtenVerdict(A, { model: 'bike' }), /is about the model bike/],
    ['image', writtenVerdict(A, { image: { digest: digestOf('i') } }), /is about the image sha256:/],
  ])('a verdict on another %s that was put into it', (_, verdict, message) => {
    const seen = count([[verdict]]);
    expect(seen).toMatchObject({ codes: ['evidence-altered'], counted: undefined });
    expect(seen.message).toMatch(message);
  });

  it('a verdict on another model is none, wherever the record puts it', () => {
    const foreign = writtenVerdict(A, { model: 'bike', createdAt: '2026-02-09T00:00:00.000Z' });
    const seen = count([[old], [foreign, { createdAt: '2026-01-01T00:00:00.000Z' }]]);
    expect(seen).toMatchObject({ codes: [], counted: old.ref });
  });

  it('a newer verdict, registered since, is not held back by it', () => {
    expect(count([[fail, { outcome: 'pass' }], [own]])).toMatchObject({ codes: [], counted: own.ref });
  });
});

describe('a document that is not what its name says', () => {
  const of = (text: string | undefined) => count([[old]], { [old.ref.digest]: text });

  it('missing', () => {
    expect(of(undefined)).toMatchObject({ codes: ['evidence-missing'], counted: undefined });
  });

  it('altered', () => {
    expect(of(fail.text)).toMatchObject({ codes: ['evidence-altered'], counted: undefined });
    expect(of(fail.text).message).toContain(digestOf(fail.text).slice(0, 19));
  });

  it('one that was not opened counts as missing', () => {
    const view = { lane: { environment: 'production' } };
    const { reasons } = countedEvidence({ view, release: withVerdicts(A, old), opened: {} }, 'gate');
    expect(reasons.map(({ code }) => code)).toEqual(['evidence-missing']);
  });

  it('its own bytes, and no verdict', () => {
    const text = '{}\n';
    const ref = { ...old.ref, digest: digestOf(text) };
    expect(count([[{ ref, text }]])).toMatchObject({ codes: ['evidence-unreadable'], counted: undefined });
  });
});
