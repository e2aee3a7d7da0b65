import { describe, expect, it } from 'vitest';
import { KnownShape } from '../../../../../src/adapters/github/ledger/known-shape.ts';
import type { Head } from '../../../../../src/core/ledger-store.ts';

const [ONE, TWO, THREE] = ['1', '2', '3'].map((digit) => digit.repeat(40) as Head) as [Head, Head, Head];

function found(objects: Record<string, 'Blob' | 'Tree' | undefined>) {
  const entries = Object.entries(objects);
  return new Map(entries.map(([path, kind]) => [path, kind && { kind, oid: ONE }]));
}

describe('KnownShape', () => {
  it('knows files, folders, and what lies above them', () => {
    const shape = new KnownShape();
    shape.saw({ head: ONE, objects: found({ 'a/b/c': 'Blob', 'd/e': 'Tree', f: undefined }) });
    expect(['a', 'a/b', 'd', 'd/e'].map((path) => shape.misplaced(ONE, [path]))).toEqual([
      'a',
      'a/b',
      'd',
      'd/e',
    ]);
    expect(shape.misplaced(ONE, ['x', 'a/b/c/d'])).toBe('a/b/c');
    expect(shape.misplaced(ONE, ['a/b/c', 'a/x', 'd/e/f', 'f', 'f/g', 'x/y'])).toBeUndefined();
  });

  it('says nothing of another head, and forgets with a new one', () => {
    const shape = new KnownShape();
    shape.saw({ head: ONE, objects: found({ 'a/b': 'Blob' }) });
    expect(shape.misplaced(TWO, ['a'])).toBeUndefined();
    shape.saw({ head: ONE, objects: found({ c: 'Blob' }) });
    expect(shape.misplaced(ONE, ['a'])).toBe('a');
    shape.saw({ head: TWO, objects: found({ c: 'Blob' }) });
    expect([shape.misplaced(TWO, ['a']), shape.misplaced(TWO, ['c/d'])]).toEqual([undefined, 'c']);
  });

  it('carries what it knows over an append of ours, and over no other', () => {
    const shape = new KnownShape();
    shape.wrote(undefined, ONE, ['a/b']);
    shape.wrote(ONE, TWO, ['c']);
    expect([shape.misplaced(TWO, ['a']), shape.misplaced(TWO, ['c/d'])]).toEqual(['a', 'c']);
    shape.wrote(ONE, THREE, ['e']);
    expect([shape.misplaced(THREE, ['a']), shape.misplaced(THREE, ['e/f'])]).toEqual([undefined, 'e']);
  });
});
