import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMetricsDocument } from '../../../src/config/metrics-document.ts';

const parse = (text: string) => parseMetricsDocument(text, 'metrics.json');

describe('parseMetricsDocument', () => {
  it('reads a real document, aliases and unknown metrics included', () => {
    const path = new URL('../../fixtures/bank/regressed.metrics.json', import.meta.url);
    const document = parse(readFileSync(path, 'utf8'));
    expect(document.metrics.average_precision).toBe(0.13320287456992702);
    expect(Object.keys(document.metrics)).toHaveLength(9);
    expect(document.unknown).toEqual(['metrics.tp', 'metrics.fp', 'metrics.tn', 'metrics.fn']);
    expect([document.threshold, document.dataset, document.frozen]).toEqual([
      0.15,
      { name: 'bank_marketing', rows: 5000 },
      undefined,
    ]);
    expect(document.problems).toEqual([]);
  });

  it('reads the frozen table', () => {
    expect(parse('{"metrics":{"auc":0.8},"frozen":{"mae":1}}')).toMatchObject({
      metrics: { roc_auc: 0.8 },
      frozen: { mae: 1 },
      problems: [],
    });
  });

  it.each([
    [
      'a text',
      '{"metrics":{"roc_auc":"0.9","f1":1}}',
      'metrics.roc_auc: saw "0.9", allowed: a finite number',
    ],
    ['null', '{"metrics":{"roc_auc":null,"f1":1}}', 'metrics.roc_auc: saw null, allowed: a finite number'],
    ['a text NaN', '{"metrics":{"f1":"NaN"}}', 'metrics.f1: saw "NaN", allowed: a finite number'],
    [
      'a bare NaN',
      '{"metrics":{"f1":NaN}}',
      'metrics.json:1:18: "NaN" at metrics.f1, which is not JSON. Write a finite number.',
    ],
    [
      '1e400',
      '{"metrics":{"f1":1e400}}',
      'metrics.json:1:18: the number "1e400" at metrics.f1 is too large. Correct it.',
    ],
    [
      'a key twice',
      '{"metrics":{"f1":1,"f1":0}}',
      'metrics.json:1:20: the key metrics.f1 stands there twice. Keep one of them.',
    ],
    [
      'a metric and its alias',
      '{"metrics":{"auc":1,"roc_auc":0.5,"f1":1}}',
      'metrics.roc_auc: is roc_auc a second time, after metrics.auc; keep one',
    ],
    [
      '__proto__',
      '{"metrics":{"__proto__":{"f1":1}}}',
      'metrics.json:1:13: the key metrics.__proto__ is not allowed. Rename or remove it.',
    ],
    ['no metrics', '{"metric":{"f1":1}}', 'metrics: saw nothing, allowed: an object of metric to number'],
    ['a list', '[]', 'metrics: saw [], allowed: an object of metric to number'],
    ['metrics as a list', '{"metrics":[0.9]}', 'metrics: saw [0.9], allowed: an object of metric to number'],
    [
      'frozen as null',
      '{"metrics":{"f1":1},"frozen":null}',
      'frozen: saw null, allowed: an object of metric to number',
    ],
    ['no known metric', '{"metrics":{"toString":1}}', 'metrics: names no metric, allowed: roc_auc'],
    [
      'a threshold in words',
      '{"metrics":{"f1":1},"threshold":"0.5"}',
      'threshold: saw "0.5", allowed: a number',
    ],
  ])('%s', (_, text, problem) => {
    const document = parse(text);
    expect(document.problems).toHaveLength(1);
    expect(document.problems[0]).toContain(problem);
    expect(document.metrics.roc_auc).toBeUndefined();
  });

  it('tells all problems at once and keeps what is right', () => {
    const document = parse('{"metrics":{"roc_auc":null,"f1":"x","mae":1,"shap":[]}}');
    expect([document.problems.length, document.metrics, document.unknown]).toEqual([
      2,
      { mae: 1 },
      ['metrics.shap'],
    ]);
  });
});
