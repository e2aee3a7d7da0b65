import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import { evidenceRefOf, openEvidence } from '../../../src/ledger/evidence-ref.ts';
import { sampleVerdict } from '../../support/ledger-book.ts';

const verdict = sampleVerdict('1.0.0', { image: { digest: digestOf('image') } });
const written = (value: unknown) => `${JSON.stringify(value)}\n`;
const { artifact: _none, ...unbound } = verdict;

describe('openEvidence', () => {
  it('lets a document speak for itself', () => {
    const text = written(verdict);
    expect(openEvidence(digestOf(text), text)).toEqual({
      kind: 'read',
      ref: evidenceRefOf(verdict, text),
      model: 'bank',
      image: digestOf('image'),
    });
  });

  it('says that a document is not there', () => {
    expect(openEvidence(digestOf('x'), undefined)).toEqual({ kind: 'missing' });
  });

  it('says that it has other bytes than its name', () => {
    const text = written(verdict);
    const other = text.replace('"pass"', '"fail"');
    expect(openEvidence(digestOf(text), other)).toEqual({ kind: 'altered', seen: digestOf(other) });
  });

  it.each([
    ['no JSON', 'no JSON at all', /JSON/],
    ['JSON, and no verdict', '{}', /schema/],
    ['a verdict of a later version', written({ ...verdict, schema: 2 }), /schema/],
    ['a verdict on no artifact', written(unbound), /no artifact/],
    ['larger than any verdict', written({ ...verdict, reason: 'x'.repeat(2 ** 20) }), /bytes/],
  ])('says that it cannot be read: %s', (_, text, why) => {
    const opened = openEvidence(digestOf(text), text);
    expect(opened).toMatchObject({ kind: 'unreadable', why: expect.stringMatching(why) });
  });
});
