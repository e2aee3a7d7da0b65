import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractFeatures, splitPointer } from '../../../src/config/contract-features.ts';
import { parseStrictJson } from '../../../src/core/json.ts';

const fixture = (name: string) =>
  parseStrictJson(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8'), {
    name,
    maxBytes: 1e6,
  });

describe('contractFeatures', () => {
  it('finds the only list of names (bank), or features (bike)', () => {
    const bank = contractFeatures(fixture('bank/features.json'), 'features.json');
    expect([bank.length, bank[0], bank[46]]).toEqual([47, 'age', 'poutcome=unknown']);
    expect(contractFeatures(fixture('bike/features.json'), 'features.json')).toHaveLength(11);
  });

  it.each([
    [['a', 'b'], [], ['a', 'b']],
    [{ features: ['a'], other: ['b'] }, [], ['a']],
    [{ n: 1, names: ['a'] }, [], ['a']],
    [{ x: ['a'], y: ['b'] }, ['y'], ['b']],
    [{ x: { y: [['b']] } }, ['x', 'y', '0'], ['b']],
  ])('%j at %j', (document, pointer, names) => {
    expect(contractFeatures(document, 'f.json', pointer)).toEqual(names);
  });

  it.each([
    [{ x: ['a'], y: ['b'] }, [], 'f.json holds several lists of names: saw "x", "y". Name one: "f.json#/x".'],
    [{ x: 1 }, [], 'f.json holds no list of names: saw "x". Name one: "f.json#/key".'],
    [{ features: 'a' }, [], 'f.json is no list of feature names: saw "a". Write a list of texts.'],
    [[], [], 'f.json is no list of feature names: saw an empty list. Write a list of texts.'],
    [['a', 1], [], 'f.json is no list of feature names: saw ["a",1]. Write a list of texts.'],
    [['a', 'b', 'a'], [], 'f.json lists "a" twice. Give every feature a name of its own.'],
    [['a', ''], [], 'f.json lists an empty name. Give every feature a name of its own.'],
    [{ x: ['a'] }, ['z'], 'f.json#/"z" is no list of feature names: saw nothing. Write a list of texts.'],
    [
      { x: ['a'] },
      ['toString'],
      'f.json#/"toString" is no list of feature names: saw nothing. Write a list of texts.',
    ],
    [null, [], 'f.json is no list of feature names: saw null. Write a list of texts.'],
  ])('%j at %j is an error', (document, pointer, message) => {
    expect(() => contractFeatures(document, 'f.json', pointer)).toThrow(message);
  });
});

describe('splitPointer', () => {
  it.each([
    ['f.json', 'f.json', []],
    ['f.json#/a/b', 'f.json', ['a', 'b']],
    ['f.json#/a~1b/~0c', 'f.json', ['a/b', '~c']],
    ['f.json#', 'f.json', []],
  ])('%s', (reference, path, pointer) => expect(splitPointer(reference)).toEqual({ path, pointer }));
});
