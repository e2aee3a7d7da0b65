import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeFiles } from '../../../src/adapters/files/node-files.ts';
import { createModels } from '../../../src/adapters/onnx/create-models.ts';
import { nodeMachine } from '../../../src/adapters/runner/node-machine.ts';
import { createTables } from '../../../src/adapters/tables/create-tables.ts';
import type { GateRequest } from '../../../src/app/gate/gate-request.ts';
import { runGate } from '../../../src/app/gate/run-gate.ts';
import type { CheckResult } from '../../../src/core/check.ts';
import { DEFAULT_SETTINGS } from '../../../src/gate/settings.ts';
import type { BundledChild } from '../../support/bundle-child.ts';
import { bundleChild } from '../../support/bundle-child.ts';

let child: BundledChild;
beforeAll(async () => {
  child = await bundleChild();
});
afterAll(() => child.remove());

const BANK = 'test/fixtures/bank';
const TABLE = { role: 'test', path: `${BANK}/test_encoded.csv`, label: 'label', id: 'row_id' } as const;

async function gate(challenger: string, more: Partial<GateRequest> = {}) {
  const request: GateRequest = {
    model: 'bank',
    challenger: { path: challenger },
    inputs: {},
    outputs: {},
    data: [TABLE],
    slices: [],
    settings: DEFAULT_SETTINGS,
    defaultGates: true,
    ...more,
  };
  const { verdict } = await runGate(request, {
    files: nodeFiles,
    tables: createTables(),
    models: createModels({ childScript: child.childScript }),
    clock: { now: () => new Date('2026-01-31T12:00:00Z') },
    machine: nodeMachine('test'),
    producer: { tool: 'known-good test' },
    progress: () => undefined,
  });
  const outcomes = (of: (check: CheckResult) => boolean) =>
    verdict.checks.filter(of).map(({ id, outcome }) => [id, outcome]);
  return { verdict, of: (id: string) => verdict.checks.find((check) => check.id === id), outcomes };
}

describe('a gate over real models', () => {
  it('has no gate that errs for a sound artifact', async () => {
    const { verdict, outcomes, of } = await gate('test/fixtures/artifacts/bank-challenger', {
      champion: { path: 'test/fixtures/artifacts/bank-champion' },
    });
    expect(outcomes((check) => check.role === 'gate' && check.outcome !== 'pass')).toEqual([]);
    expect([verdict.outcome, verdict.predictions, verdict.task]).toEqual([
      'pass',
      'measured',
      'binary-classification',
    ]);
    expect(of('golden')).toMatchObject({ role: 'gate', outcome: 'pass', n: 5 });
    expect(of('champion.roc_auc')?.difference).toBeGreaterThan(0.02);
  });

  it('proves a model with the champion’s bytes, without a row to spare', async () => {
    const { of, verdict } = await gate(`${BANK}/champion.onnx`, {
      champion: { path: 'test/fixtures/artifacts/bank-champion' },
    });
    expect(of('champion.roc_auc')).toMatchObject({ reason: 'same-bytes', outcome: 'pass' });
    expect(verdict.artifact?.digest).not.toBe(verdict.champion?.digest);
  });

  it('asks a model of one input a column by name, text and numbers', async () => {
    const raw = { ...TABLE, path: `${BANK}/test.csv` };
    const features = ['age', 'job'];
    const asIs = await gate(`${BANK}/champion-columns.onnx`, { data: [raw] });
    const same = await gate(`${BANK}/champion.onnx`);
    expect(asIs.of('metrics.roc_auc')?.measured).toBeCloseTo(Number(same.of('metrics.roc_auc')?.measured), 6);
    const typed = await gate(`${BANK}/champion-columns.onnx`, {
      data: [raw],
      features,
      types: { age: 'string', job: 'string' },
    });
    expect(typed.of('signature')).toMatchObject({
      outcome: 'fail',
      message: expect.stringMatching(/serving does not send/),
    });
    expect(typed.verdict.outcome).toBe('fail');
  });

  it('says which columns a table lacks', async () => {
    const { of, verdict } = await gate('test/fixtures/artifacts/bank-leaky', {
      data: [{ ...TABLE, path: `${BANK}/test.csv` }],
    });
    expect(of('metrics')).toMatchObject({
      outcome: 'error',
      message: expect.stringMatching(/lacks \d+ of the model's columns/),
    });
    expect(verdict.outcome).not.toBe('pass');
  });

  it.each(['nan-outputs', 'random-outputs', 'batch-mates', 'cyclic', 'no-single-row', 'huge-allocation'])(
    'never passes %s',
    async (name) => {
      const features = ['age', 'balance', 'day', 'campaign'].slice(0, 3);
      const limits = { timeoutMs: 20_000, memoryBytes: 2 ** 30 };
      const { verdict } = await gate(`test/fixtures/onnx/${name}.onnx`, {
        features,
        settings: { ...DEFAULT_SETTINGS, limits },
      });
      expect(['fail', 'error']).toContain(verdict.outcome);
      expect(verdict.reason.length).toBeGreaterThan(20);
    },
  );
});
