import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';

/** The config of a model with these lines in its `shadow`. */
function shadowOf(...lines: readonly string[]): string {
  const section = ['log: [logs/*.jsonl]', ...lines].map((line) => `      ${line}`).join('\n');
  return `version: 1
models:
  bank:
    task: regression
    artifact: m
    data: { test: { path: t.csv, label: y } }
    shadow:
${section}
`;
}

describe('the shadow section of a config', () => {
  it('needs nothing but a log', () => {
    const { shadow } = parseConfig(shadowOf(), 'c.yml').models['bank'] ?? {};
    expect(shadow).toEqual({ log: ['logs/*.jsonl'] });
  });

  it.each([
    ['window: { from: 2026-02-30 }', /window\.from: saw "2026-02-30", allowed: a date such as/],
    ['window: { to: 2026-13-01 }', /window\.to: saw "2026-13-01"/],
    ["planned: { until: '2026-01-01T25:00Z' }", /planned\.until: saw "2026-01-01T25:00Z"/],
    [
      'window: { from: 2026-02-01, to: 2026-02-01 }',
      /shadow\.window\.to: saw "2026-02-01", allowed: a date after from, which is "2026-02-01"/,
    ],
    ['slices: [{ column: age, edges: [45, 30] }]', /slices\[0\]\.edges: .*a list of rising numbers/],
    [
      'metrics: { roc_auc: { min: 0.7 } }',
      /shadow\.metrics\.roc_auc: not a metric of regression, allowed: mae/,
    ],
    ['max_drop: { accuracy: 0.1 }', /shadow\.max_drop\.accuracy: not a metric of regression/],
    ['drift: { smoothing: whole }', /drift\.smoothing: saw "whole", allowed: half or floor/],
  ])('takes no %s', (line, message) => {
    expect(() => parseConfig(shadowOf(line), 'c.yml')).toThrow(message);
  });

  it('takes a leap day, and a window that ends in the same day', () => {
    const window = "window: { from: 2028-02-29, to: '2028-02-29T00:00:00.001Z' }";
    expect(() => parseConfig(shadowOf(window), 'c.yml')).not.toThrow();
  });
});
