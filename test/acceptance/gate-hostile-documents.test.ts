import { describe, expect, it } from 'vitest';
import { expectClean } from '../support/expect-clean.ts';
import { checkOf, runIn, verdictOf } from '../support/run-cli.ts';
import { CONFIGURED, smallArtifact } from '../support/small-gate.ts';

describe('metrics.json that cannot be believed fails, and is said first', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['NaN', '{"metrics":{"accuracy":NaN}}', /"NaN" at metrics\.accuracy, which is not JSON/],
    ['a text', '{"metrics":{"accuracy":"0.5"}}', /metrics\.accuracy: saw "0\.5", allowed: a finite number/],
    ['a boolean', '{"metrics":{"accuracy":true}}', /metrics\.accuracy: saw true/],
    ['a key twice', '{"metrics":{"accuracy":0.5,"accuracy":0.9}}', /metrics\.accuracy stands there twice/],
    ['a metric by two names', '{"metrics":{"roc_auc":0.5,"auc":0.9}}', /roc_auc a second time/],
    ['__proto__', '{"metrics":{"__proto__":{"accuracy":0.5}}}', /__proto__ is not allowed/],
    ['1e400', '{"metrics":{"accuracy":1e400}}', /"1e400" at metrics\.accuracy is too large/],
    ['nothing', '{}', /metrics: saw nothing/],
    ['no metric', '{"metrics":{}}', /names no metric/],
    ['null', 'null', /saw null/],
    ['deep nesting', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /nested deeper than 64 levels/],
    ['3 MB', `{"metrics":{"accuracy":0.5},"x":"${'x'.repeat(3_000_000)}"}`, /too large: saw 3000035 bytes/],
    ['5 MB', `{"metrics":{"accuracy":0.5},"x":"${'x'.repeat(5_000_000)}"}`, /large|bytes/],
    ['no bytes', '', /saw the end of the text/],
    ['half of it', '{"metrics":{"accu', /does not end/],
    ['two documents', '{"metrics":{"accuracy":0.5}} {}', /more text after the end/],
    ['other than UTF-8', Buffer.from('{"metrics":{"accuracy":0.5},"n":"é"}', 'latin1'), /not UTF-8/],
  ])('%s', async (_, text, says) => {
    const run = await runIn(smallArtifact({ 'metrics.json': text }), CONFIGURED);
    expectClean(run);
    const verdict = verdictOf(run);
    expect([run.code, verdict.outcome, run.stderr]).toEqual([1, 'fail', '']);
    expect(checkOf(verdict, 'declared.document')).toMatchObject({ reason: 'unreadable', outcome: 'fail' });
    expect(verdict.reason).toMatch(says);
  });

  it('a number that is not what is measured fails, with both', async () => {
    const run = await runIn(smallArtifact({ 'metrics.json': '{"metrics":{"accuracy":0.99}}' }), CONFIGURED);
    expect([run.code, verdictOf(run).binding]).toEqual([1, 'declared']);
    expect(verdictOf(run).reason).toMatch(/declares Accuracy 0\.9900; measured on 40 rows it is 0\.\d{4}/);
  });

  it.each([
    ['absent', {}, 'missing'],
    ['without a metric that is measured', { 'metrics.json': '{"metrics":{"mae":3}}' }, 'nothing-declared'],
  ])('that is required and %s fails', async (_, documents, reason) => {
    const run = await runIn(smallArtifact(documents, 'declared: { required: true }'), CONFIGURED);
    expect(run.code).toBe(1);
    expect(checkOf(verdictOf(run), 'declared')).toMatchObject({ reason, outcome: 'fail' });
  });
});

describe('manifest.json that is required and wrong fails', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['half of it', '{"model":', /manifest\.json:1:10: expected a value/],
    ['no bytes', '', /saw the end of the text/],
    ['a list', '[]', /saw \[\]/],
    ['wrong types', '{"model":5,"version":"1.0"}', /model: saw 5.*version: saw "1\.0"/],
    ['a key twice', '{"model":"small","model":"other"}', /model stands there twice/],
    ['NaN', '{"threshold":NaN}', /"NaN"/],
    ['other than UTF-8', Buffer.from('{"owner":"é"}', 'latin1'), /not UTF-8/],
    ['5 MB', `{"owner":"${'x'.repeat(5_000_000)}"}`, /large|bytes/],
  ])('%s', async (_, text, says) => {
    const run = await runIn(smallArtifact({ 'manifest.json': text }, 'manifest: required'), CONFIGURED);
    expectClean(run);
    const verdict = verdictOf(run);
    expect([run.code, verdict.binding, run.stderr]).toEqual([1, 'manifest', '']);
    expect(verdict.reason).toMatch(says);
  });

  it('absent', async () => {
    const run = await runIn(smallArtifact({}, 'manifest: required'), CONFIGURED);
    expect(run.code).toBe(1);
    expect(checkOf(verdictOf(run), 'manifest')).toMatchObject({ reason: 'missing', outcome: 'fail' });
  });

  it('what it says untruly fails even where it is not required, and is said before what it leaves out', async () => {
    const run = await runIn(smallArtifact({ 'manifest.json': '{"model":"other"}' }), CONFIGURED);
    expect([run.code, verdictOf(run).binding]).toEqual([1, 'manifest']);
    expect(verdictOf(run).reason).toMatch(/model "other", this is "small"/);
  });
});

describe('golden.jsonl', () => {
  const good = '{"features":{"a":0,"b":0,"c":0},"score":0.5}\n';

  it('that agrees passes', async () => {
    const run = await runIn(smallArtifact({ 'golden.jsonl': good }), CONFIGURED);
    expect([run.code, checkOf(verdictOf(run), 'golden').outcome]).toEqual([0, 'pass']);
  });

  it.each<[string, string | Uint8Array, 1 | 3, RegExp]>([
    ['another answer', good.replace('0.5', '0.9'), 1, /line 1: expected 0\.90*, got 0\.50*\./],
    ['no answer', `${good}${good.replace('0.5', 'null')}`, 1, /line 2/],
    ['a broken line', `${good}{"features":\n`, 3, /golden\.jsonl:2:13: expected a value/],
    ['a text for a score', good.replace('0.5', '"x"'), 3, /line 1, column "score".*saw "x"/],
    ['a feature too few', '{"features":{"a":0,"b":0},"score":0.5}', 3, /no column "features\.c"/],
    ['no score', '{"features":{"a":0,"b":0,"c":0}}', 3, /no "score", "prediction" or "probabilities"/],
    ['no bytes', '', 3, /is empty/],
    ['other than UTF-8', Buffer.from([0xe9, 10]), 3, /not UTF-8/],
  ])('with %s is no pass', async (...[, text, code, says]) => {
    const run = await runIn(smallArtifact({ 'golden.jsonl': text }), CONFIGURED);
    expectClean(run);
    expect([run.code, verdictOf(run).binding, run.stderr]).toEqual([code, 'golden', '']);
    expect(verdictOf(run).reason).toMatch(says);
  });
});
