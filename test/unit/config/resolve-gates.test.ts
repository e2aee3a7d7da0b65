import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { gatesDigest, resolveGates, withGateDefaults } from '../../../src/config/resolve-gates.ts';

const text = readFileSync(new URL('../../fixtures/config/bank.yml', import.meta.url), 'utf8');
const config = parseConfig(text, 'bank.yml');

describe('resolveGates', () => {
  it('lays the environment over the model, key by key', () => {
    const gates = resolveGates(config, 'bank', 'production');
    expect(gates.metrics.roc_auc).toEqual({ min: 0.75, max_drop: 0.005, decide: 'interval' });
    expect(gates.metrics.brier).toEqual({ max_drop: 0.005, decide: 'interval' });
    expect([gates.latency.p50, gates.latency.p95]).toEqual([1, 2]);
  });

  it('is the model’s own without an environment, or in one that says nothing', () => {
    const own = resolveGates(config, 'bank');
    expect(own.metrics.roc_auc?.max_drop).toBe(0.01);
    expect(resolveGates(config, 'bank', 'staging')).toEqual(own);
  });

  it('an environment does not undo what the model said by a default', () => {
    expect(resolveGates(config, 'bank', 'production').metrics.f1?.decide).toBe('point');
  });

  it('fills in defaults', () => {
    expect(withGateDefaults({})).toEqual({
      metrics: {},
      slices: { require: 'shown', max_drop: {}, min_rows: 50 },
      latency: {},
      memory: {},
      throughput: {},
      manifest: 'optional',
      declared: { required: false, tolerance: 0.001 },
      golden: { required: false, tolerance: 0.00001 },
      structure: {},
      data: {},
      limits: { timeout: 60_000, memory: 2 ** 31 },
    });
  });

  it.each([
    [['bnak', undefined], 'The config has no model "bnak"; it has: "bank". Did you mean "bank"?'],
    [
      ['bank', 'prodction'],
      'The config has no environment "prodction"; it has: "staging", "production". Did you mean "production"?',
    ],
    [['toString', undefined], 'The config has no model "toString"; it has: "bank".'],
  ] as const)('%j', ([model, environment], message) => {
    expect(() => resolveGates(config, model, environment)).toThrow(message);
  });
});

describe('gatesDigest', () => {
  it('does not change with order or spelling', () => {
    const other = text
      .replace('{ min: 0.75, max_drop: 0.01 }', '{ max_drop: 1e-2, min: 0.750 }')
      .replace('p95: 5ms', 'p95: 0.005s');
    expect(other).not.toBe(text);
    const digest = gatesDigest(resolveGates(config, 'bank'));
    expect(gatesDigest(resolveGates(parseConfig(other, 'o.yml'), 'bank'))).toBe(digest);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('changes with any limit', () => {
    const digests = ['max_drop: 0.01,', 'p95: 5ms', 'file: 50MB', 'manifest: required', 'min_rows: 1000'].map(
      (limit) => {
        const weaker = text.replace(
          limit,
          limit.replace(
            /0\.01|5ms|50MB|required|1000/,
            (was) => ({ required: 'optional', '5ms': '6ms', '50MB': '51MB', '1000': '999' })[was] ?? '0.02',
          ),
        );
        expect(weaker).not.toBe(text);
        return gatesDigest(resolveGates(parseConfig(weaker, 'w.yml'), 'bank'));
      },
    );
    expect(new Set([...digests, gatesDigest(resolveGates(config, 'bank'))]).size).toBe(6);
  });
});
