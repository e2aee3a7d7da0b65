import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requestFromConfig } from '../../../../src/app/gate/request-from-config.ts';
import { gatesDigestOf, policyOf } from '../../../../src/app/release/policy-of.ts';
import { parseConfig } from '../../../../src/config/parse-config.ts';
import { policySchema } from '../../../../src/core/policy.ts';
import { memoryFiles } from '../../../support/memory-ports.ts';

const fixture = readFileSync(new URL('../../../fixtures/config/bank.yml', import.meta.url), 'utf8');
const config = parseConfig(fixture, 'bank.yml');
const lane = (environment: string, model = 'bank') => ({ model, environment });

const small = (model: string, environment: string) =>
  parseConfig(
    `version: 1
models:
  bank: { task: regression, artifact: m, data: { test: { path: t.csv, label: y } }${model} }
  bike: { task: regression, artifact: m, data: { test: { path: t.csv, label: y } }, image: acme/bike }
environments: { production: {${environment}} }`,
    'small.yml',
  );

describe('policyOf', () => {
  it('fills in the defaults', () => {
    const policy = policyOf(small(', image: acme/bank', 'tag: prod'), lane('production'));
    expect(policy).toEqual({
      image: 'docker.io/acme/bank',
      tag: 'prod',
      soakMs: 0,
      requires: ['gate'],
      evidenceFrom: 'anywhere',
      carriesArtifact: false,
      approvals: 0,
      deploy: { kind: 'none' },
      probes: [],
      onFailure: 'hold',
      acceptHold: [],
    });
    expect(policySchema.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  it('takes every key', () => {
    const predict = 'https://bank.example/predict';
    const policy = policyOf(config, lane('production'));
    expect(policy).toEqual({
      image: 'ghcr.io/acme/bank',
      tag: 'prod',
      after: 'staging',
      soakMs: 86_400_000,
      requires: ['gate', 'shadow'],
      evidenceAgeMs: 30 * 86_400_000,
      evidenceFrom: 'default-branch',
      carriesArtifact: true,
      approvals: 1,
      ownApproval: false,
      allow: { promote: ['maintain', '@alice'], rollback: ['write', '@renovate[bot]'] },
      deploy: { kind: 'command', command: ['./deploy.sh', '--wait'], timeoutMs: 300_000 },
      probes: [
        { method: 'GET', url: 'https://bank.example/ready', status: 204, withinMs: 60_000 },
        {
          name: 'version',
          method: 'GET',
          url: 'https://bank.example/model',
          status: 200,
          json: { path: 'model.version', is: 'version' },
          withinMs: 30_000,
        },
        { method: 'POST', url: predict, body: { age: 'old' }, status: 422, withinMs: 30_000 },
        {
          method: 'POST',
          url: predict,
          body: { age: 40 },
          status: 200,
          json: { path: 'score', equals: 0.5, tolerance: 0.5 },
          withinMs: 30_000,
        },
        {
          method: 'POST',
          url: predict,
          status: 200,
          golden: { path: 'score', tolerance: 0.0001 },
          withinMs: 30_000,
        },
      ],
      control: 'https://status.example/',
      onFailure: 'rollback',
      acceptHold: ['alice', 'bob'],
    });
    expect(policySchema.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  it('knows who may do what, and a workflow that deploys', () => {
    const keys =
      'tag: p, allow: { promote: [maintain, "@alice"], lock: [] }, approvals: { count: 2, own: true }, deploy: { workflow: deploy.yml, ref: main, timeout: 5m }';
    const policy = policyOf(small('', keys), lane('production', 'bike'));
    expect(policy).toMatchObject({
      approvals: 2,
      ownApproval: true,
      deploy: { kind: 'workflow', workflow: 'deploy.yml', ref: 'main', timeoutMs: 300_000 },
    });
    expect(policy.allow).toStrictEqual({ promote: ['maintain', '@alice'], lock: [] });
    expect(policySchema.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  it('waits half an hour for a workflow, and counts no own approval', () => {
    const keys = 'tag: p, approvals: { count: 1 }, deploy: { workflow: deploy.yml }';
    const policy = policyOf(small('', keys), lane('production', 'bike'));
    expect(policy.deploy).toEqual({ kind: 'workflow', workflow: 'deploy.yml', timeoutMs: 1_800_000 });
    expect([policy.approvals, policy.ownApproval, policy.allow]).toEqual([1, undefined, undefined]);
  });

  it('asks each kind of evidence once, and knows anyone', () => {
    const keys = 'tag: p, requires: [gate, gate], accept_hold: anyone, deploy: none';
    expect(policyOf(small('', keys), lane('production', 'bike'))).toMatchObject({
      requires: ['gate'],
      acceptHold: ['anyone'],
      deploy: { kind: 'none' },
    });
  });

  it.each([
    [
      '',
      'tag: prod',
      'prodution',
      'The config has no environment "prodution"; it has: "production". Did you mean "production"?',
    ],
    [
      ', image: acme/bank',
      '',
      'production',
      'The config has no environments.production.tag. Add it: the tag that says what serves there, e.g. prod.',
    ],
    [
      ', image: acme/bank',
      'tag: { bike: prod }',
      'production',
      'The config has no environments.production.tag.bank. Add it: the tag that says what this model serves there.',
    ],
    [
      '',
      'tag: prod',
      'production',
      'The config has no models.bank.image. Add it: the image repository of its releases, e.g. ghcr.io/acme/bank.',
    ],
  ])('names what is missing: model {%s}, environment {%s}, %s', (...[model, environment, name, message]) => {
    expect(() => policyOf(small(model, environment), lane(name))).toThrow(
      expect.objectContaining({ code: 'config', message }),
    );
  });

  it('names an unknown model', () => {
    expect(() => policyOf(config, lane('production', 'bnak'))).toThrow('Did you mean "bank"?');
  });
});

describe('gatesDigestOf', () => {
  it.each(['staging', 'production'])('is what a verdict for %s carries', async (environment) => {
    const files = memoryFiles({ 'models/bank/features.json': '["job"]' });
    const request = await requestFromConfig(
      { path: '.github/known-good.yml', text: fixture, config },
      { environment },
      files,
    );
    expect(gatesDigestOf(config, lane(environment))).toBe(request.config?.gates);
  });

  it('differs where the environment has gates of its own', () => {
    expect(gatesDigestOf(config, lane('staging'))).not.toBe(gatesDigestOf(config, lane('production')));
  });
});
