import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/config/parse-manifest.ts';

const hex = 'ab'.repeat(32);
const whole = {
  schema: 1,
  model: 'bank',
  version: '2.0.0-rc.1+build.5',
  owner: '@acme/risk',
  trained_at: '2026-01-05T10:00:00Z',
  training_window: { from: '2008-05-05', to: '2010-11-17T00:00:00+01:00' },
  git_sha: 'ab'.repeat(20),
  dataset_sha256: hex,
  lockfile_sha256: `sha256:${hex}`,
  features: ['age', 'balance'],
  features_version: '3',
  preprocessing: 'Categories one-hot, numbers as they are.',
  seed: 7,
  threshold: 0.15,
  metrics: { test: { roc_auc: 0.79 }, frozen: { roc_auc: 0.8 } },
  serving: { latency_p95_ms: 5, availability: 0.999 },
  rollback: 'known-good rollback bank/production',
};
const parse = (data: unknown) => parseManifest(JSON.stringify(data), 'manifest.json');

describe('parseManifest', () => {
  it('reads a whole one; digests get their prefix', () => {
    expect(parse(whole)).toEqual({ fields: { ...whole, dataset_sha256: `sha256:${hex}` }, problems: [] });
  });

  it('needs no threshold, frozen metrics or availability', () => {
    const { threshold: _, ...rest } = whole;
    const bare = { ...rest, metrics: { test: {} }, serving: { latency_p95_ms: 5 } };
    expect(parse(bare).problems).toEqual([]);
  });

  it('lists everything that is missing', () => {
    const { fields, problems } = parse({ schema: 1, model: 'bank' });
    expect(fields).toEqual({ schema: 1, model: 'bank' });
    expect(problems).toHaveLength(14);
    expect(problems).toContain('git_sha: saw nothing, allowed: 40 hex digits');
    expect(problems).toContain('training_window: saw nothing, allowed: a mapping of from, to');
  });

  it.each([
    [{ version: '1.0' }, 'version: saw "1.0", allowed: a semantic version such as 1.4.0'],
    [{ version: '01.0.0' }, 'version: saw "01.0.0", allowed: a semantic version such as 1.4.0'],
    [{ trained_at: '5 May' }, 'trained_at: saw "5 May", allowed: a time such as 2026-01-31T12:00:00Z'],
    [
      { training_window: { from: '2011-01-01', to: '2010-01-01' } },
      'training_window: saw {"from":"2011-01-01","to":"2010-01-01"}, allowed: from not after to',
    ],
    [
      { training_window: { from: '2011-02-30', to: '2012-01-01' } },
      'training_window.from: saw "2011-02-30", allowed: a date such as',
    ],
    [{ git_sha: 'abc1234' }, 'git_sha: saw "abc1234", allowed: 40 hex digits'],
    [{ dataset_sha256: 'x' }, 'dataset_sha256: saw "x", allowed: sha256: and 64 hex digits'],
    [{ features: [] }, 'features: saw [], allowed: a list of feature names'],
    [{ features: ['a', 'b', 'a'] }, 'features.a: listed twice, allowed: every name once'],
    [{ seed: 1.5 }, 'seed: saw 1.5, allowed: a whole number'],
    [{ threshold: 15 }, 'threshold: saw 15, allowed: a number from 0 to 1'],
    [{ metrics: { test: { roc_auc: '0.9' } } }, 'metrics.test.roc_auc: saw "0.9", allowed: a number'],
    [{ serving: { latency_p95_ms: 0 } }, 'serving.latency_p95_ms: saw 0, allowed: a number above 0'],
    [{ ownr: 'x' }, 'ownr: unknown key, allowed: schema, model, version, owner'],
    [{ rollback: 'a\nb' }, 'rollback: saw "a\\nb", allowed: a text of 1 to 4000 characters on one line'],
  ])('%j', (change, problem) => {
    const { problems } = parse({ ...whole, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('keeps the fields that are right beside one that is not', () => {
    const { fields } = parse({ ...whole, seed: 'x' });
    expect([fields.seed, fields.features]).toEqual([undefined, ['age', 'balance']]);
  });

  it.each([
    ['{', 'manifest.json:1:2: expected a key in double quotes, saw the end of the text. Correct the JSON.'],
    ['[]', '(document): saw [], allowed: a mapping of schema, model'],
  ])('%s is a problem, not an exception', (text, problem) => {
    expect(parseManifest(text, 'manifest.json').problems[0]).toContain(problem);
  });
});
