import { describe, expect, it } from 'vitest';
import { isNear } from '../../../../src/adapters/probe/is-near.ts';
import { judgeAnswer, whyNotAskable } from '../../../../src/adapters/probe/judge-answer.ts';
import { valueAtPath } from '../../../../src/adapters/probe/value-at-path.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import type { JsonValue } from '../../../../src/core/json.ts';
import type { Probe } from '../../../../src/core/probe.ts';
import type { Release } from '../../../../src/core/release.ts';

const release: Release = {
  schema: 1,
  model: 'bank',
  version: '1.8.0',
  sha: 'c'.repeat(40),
  image: 'ghcr.io/acme/bank',
  digest: digestOf('image'),
  artifact: digestOf('artifact'),
  carries: 'layers',
  registeredAt: '2026-11-20T12:00:00Z',
  registeredBy: 'alice',
  evidence: [],
  golden: { request: { age: 40 }, answer: [0.25, 0.75] },
};

const probe = (changes: Partial<Probe>): Probe => ({
  method: 'GET',
  url: 'http://bank/model',
  status: 200,
  withinMs: 1000,
  ...changes,
});

function judge(changes: Partial<Probe>, body: string | Uint8Array, status = 200): string | undefined {
  return judgeAnswer({ probe: probe(changes), release }, { status, body: Buffer.from(body) });
}

describe('valueAtPath', () => {
  const document: JsonValue = { a: { b: [1, { c: null }] }, '0': 'zero', toString: 'own' };
  it.each<[string, JsonValue | undefined]>([
    ['a.b.0', 1],
    ['a.b.1.c', null],
    ['0', 'zero'],
    ['toString', 'own'],
    ['a.b.2', undefined],
    ['a.b.-1', undefined],
    ['a.b.01', undefined],
    ['a.b.length', undefined],
    ['a.toString', undefined],
    ['a.b.0.x', undefined],
    ['a..b', undefined],
    ['', undefined],
  ])('%s', (path, value) => expect(valueAtPath(document, path)).toEqual(value));
});

describe('isNear', () => {
  it.each<[JsonValue | undefined, JsonValue, number, boolean]>([
    [0.5, 0.5, 0, true],
    [0.502, 0.5, 0.001, false],
    [0.5005, 0.5, 0.001, true],
    ['0.5', 0.5, 1, false],
    [null, 0, 1, false],
    [undefined, 0, 1, false],
    [0.5, 0.5, Number.NaN, false],
    [Number.NaN, Number.NaN, 1, false],
    ['a', 'a', 0, true],
    [true, true, 0, true],
    [1, true, 0, false],
    [null, null, 0, true],
    [undefined, null, 0, false],
    [[0.1, 0.9], [0.1, 0.9001], 0.001, true],
    [[0.1, 0.9, 0], [0.1, 0.9], 1, false],
    [[0.1], { 0: 0.1 }, 1, false],
    [{ a: 1, b: null }, { a: 1.5, b: null }, 1, true],
    [{ a: 1 }, { a: 1, b: null }, 1, false],
    [{ a: 1, c: null }, { a: 1, b: null }, 1, false],
    [[], [], 0, true],
  ])('%j near %j within %d: %s', (...[seen, wanted, tolerance, near]) =>
    expect(isNear(seen, wanted, tolerance)).toBe(near),
  );
});

describe('judgeAnswer', () => {
  it.each<[string, Partial<Probe>, string, number?]>([
    ['a status', {}, 'not JSON'],
    ['another status', { status: 422 }, '{"detail": "age"}', 422],
    ['a value', { json: { path: 'ready', equals: true } }, '{"ready": true}'],
    ['null', { json: { path: 'error', equals: null } }, '{"error": null}'],
    ['a near number', { json: { path: 'a.0', equals: 1, tolerance: 0.1 } }, '{"a": [1.05]}'],
    ['the version', { json: { path: 'version', is: 'version' } }, '{"version": "1.8.0"}'],
    ['the digest', { json: { path: 'd', is: 'digest' } }, `{"d": "${release.digest}"}`],
    ['the commit', { json: { path: 'd', is: 'sha' } }, `{"d": "${release.sha}"}`],
    ['the artifact', { json: { path: 'd', is: 'artifact' } }, `{"d": "${release.artifact}"}`],
    [
      'the golden answer',
      { method: 'POST', golden: { path: 'scores', tolerance: 0.01 } },
      '{"scores": [0.2501, 0.7499]}',
    ],
  ])('takes %s', (...[, changes, body, status]) => expect(judge(changes, body, status)).toBeUndefined());

  const version: Partial<Probe> = { json: { path: 'version', is: 'version' } };
  it.each<[string, Partial<Probe>, string | Uint8Array, string, number?]>([
    ['a wrong status', {}, '', 'Expected status 200, saw 503.', 503],
    ['200 on bad input', { status: 422 }, '', 'Expected status 422, saw 200.'],
    [
      'another version',
      version,
      '{"version": "1.7.0"}',
      'Expected the release’s version "1.8.0" at "version", saw "1.7.0".',
    ],
    ['no field', version, '{"name": "bank"}', 'Expected a field "version" in the answer, saw none.'],
    ['an HTML page', version, '\n<!doctype html><p>', 'Expected JSON, saw an HTML or XML page.'],
    ['nothing', version, ' ', 'Expected JSON, saw an empty answer.'],
    ['bytes', version, Uint8Array.of(0xff), 'Expected JSON, saw bytes that are no UTF-8 text.'],
    [
      'half JSON',
      version,
      '{"version": ',
      'Expected JSON, saw something else: the answer:1:13: expected a value, saw the end of the text. Correct the JSON.',
    ],
    [
      'NaN',
      { json: { path: 's', equals: 1, tolerance: 5 } },
      '{"s": NaN}',
      'Expected JSON, saw something else: the answer:1:7: "NaN" at s, which is not JSON. Write a finite number.',
    ],
    [
      'a number too far off',
      { json: { path: 's', equals: 1, tolerance: 0.5 } },
      '{"s": 2}',
      'Expected 1 within 0.5 at "s", saw 2.',
    ],
    [
      'a number as text',
      { json: { path: 's', equals: 1, tolerance: 0.5 } },
      '{"s": "1"}',
      'Expected 1 within 0.5 at "s", saw "1".',
    ],
    [
      'another prediction',
      { method: 'POST', golden: { path: 'scores', tolerance: 0.01 } },
      '{"scores": [0.5, 0.5]}',
      'Expected the release’s golden answer [0.25,0.75] within 0.01 at "scores", saw [0.5,0.5].',
    ],
    [
      'something hostile',
      version,
      JSON.stringify({ version: `\u202e\n::error::${'x'.repeat(500)}` }),
      `Expected the release’s version "1.8.0" at "version", saw "\\u202e\\n::error::${'x'.repeat(89)}…".`,
    ],
  ])('refuses %s', (...[, changes, body, message, status]) =>
    expect(judge(changes, body, status)).toBe(message),
  );
});

describe('whyNotAskable', () => {
  const { golden: _, sha: __, ...bare } = release;
  it.each<[string, Partial<Probe>, string | undefined]>([
    ['golden', { golden: { path: 's', tolerance: 0 } }, 'The release holds no golden request and answer.'],
    ['sha', { json: { path: 's', is: 'sha' } }, 'The release holds no sha to compare with.'],
    ['version', { json: { path: 's', is: 'version' } }, undefined],
  ])('%s of a release without', (_, changes, message) => {
    const why = whyNotAskable(probe(changes), bare);
    if (message === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(message);
    expect(whyNotAskable(probe(changes), release)).toBeUndefined();
  });
});
