import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rawZip } from '../contract/github/artifacts-raw-zip.ts';
import { expectHarmless } from '../support/expect-harmless.ts';
import type { ForkWish } from '../support/report-scene.ts';
import { BOT, FORK, reportScene, zipOf } from '../support/report-scene.ts';
import { unfenced } from '../support/run-step.ts';
import { failing, passing } from '../support/sample-bank-verdicts.ts';
import { hostile } from '../support/sample-hard-verdicts.ts';

const MIB = 2 ** 20;
const EVIL = '@octocat <script>alert(1)</script> [a](https://evil.example) #1';

/** The second stage for a fork's pull request, beside another one that the fork would rather write on. */
async function secondStage(wish: ForkWish) {
  const scene = await reportScene();
  const victim = scene.github.openPull({ branch: 'victim', files: { a: '1' } });
  const pull = scene.github.openPull({ branch: 'better', files: { b: '2' }, fork: FORK });
  const run = await scene.onForkRun(pull, wish);
  expect(run.code).toBe(0);
  expect(run.log).not.toContain('    at ');
  expect(unfenced(run).match(/^::(?!warning )/gm)).toBeNull();
  expect(scene.comments(victim)).toEqual([]);
  return { ...scene, run, pull, victim };
}

const content = Buffer.from(JSON.stringify(passing));
const file = { name: 'verdict.json', content };

describe('what a fork uploads instead of its report', () => {
  it.each<[string, NonNullable<ForkWish['uploads']>, RegExp]>([
    ['a forged pass', { ...failing, outcome: 'pass' }, /says "pass", and its checks add up to "fail"/],
    ['a pass without any gate', { ...passing, checks: [] }, /says "pass", and its checks add up to "hold"/],
    [
      'a path that leads out of the folder',
      rawZip([{ ...file, name: '../verdict.json' }]),
      /holds no "verdict\.json"; it holds "\.\.\/verdict\.json"/,
    ],
    ['an absolute path', rawZip([{ ...file, name: '/etc/verdict.json' }]), /holds no "verdict\.json"/],
    [
      'a symbolic link',
      rawZip([{ ...file, content: Buffer.from('/etc/passwd'), mode: 0o120777 }]),
      /is a link, a folder or something else/,
    ],
    ['a zip bomb', bomb(), /is larger than the 100 bytes that it claims|by its own account/],
    [
      'a report larger than is read',
      zipOf(`"${'a'.repeat(2 * MIB)}"`),
      /has \d+ bytes by its own account, and at most 1048576 are read/,
    ],
    ['two reports in one', rawZip([file, file]), /holds "verdict\.json" more than once/],
    ['no zip', Buffer.from('{}'), /it is no zip/],
    ['no JSON', zipOf('pass'), /verdict\.json of the fork.*:1:1: expected a value/],
    ['a key that means something to JavaScript', zipOf('{"__proto__":{"outcome":"pass"}}'), /is not allowed/],
    ['nesting without end', zipOf('['.repeat(100_000)), /nested deeper than 64 levels/],
    ['a number that is none', zipOf('{"seed":NaN}'), /not JSON/],
    [
      'bytes that are no text',
      rawZip([{ name: 'verdict.json', content: Buffer.from([0x7b, 0xff, 0x7d]) }]),
      /is not UTF-8/,
    ],
    ['names without end', { ...passing, model: 'm'.repeat(5000) }, /is no verdict \(model:/],
    ['an unknown key', zipOf(JSON.stringify({ ...passing, pullRequest: 1 })), /is no verdict/],
  ])('%s: nothing of it is shown, and a sentence says why', async (_name, uploads, sentence) => {
    const { run, comments, pull } = await secondStage({ uploads });
    expect(run.outputs['posted']).toBe('false');
    expect(run.log).toMatch(sentence);
    expect(run.summary).toContain('Not posted.');
    expect(comments(pull)).toEqual([]);
  });

  it('no artifact of that name: nothing is reported', async () => {
    const { run, comments, pull } = await secondStage({ name: 'something else' });
    expect(run.log).toMatch(/left no artifact "known-good-report", so the fork reports nothing/);
    expect(comments(pull)).toEqual([]);
  });

  it('a foreign file beside the report is never looked into', async () => {
    const pullNumber = { name: 'pr-number', content: Buffer.from('1') };
    const other = { name: 'report.md', content: Buffer.from(EVIL) };
    const { run, comments, pull } = await secondStage({ uploads: rawZip([pullNumber, other, file]) });
    expect(run.outputs).toMatchObject({ posted: 'true', 'pull-request': String(pull.number) });
    expect(comments(pull)[0]?.body).not.toContain('octocat');
  });

  it('HTML, markdown, mentions, links and log commands in its names are text', async () => {
    const name = `${EVIL}\n::error title=x::y`;
    const check = hostile.checks[0];
    const uploads = {
      ...hostile,
      checks: [
        ...hostile.checks,
        ...(check === undefined ? [] : [{ ...check, id: 'two', subject: name, message: name }]),
      ],
    };
    const { run, comments, pull } = await secondStage({ uploads, inputs: { check: 'true' } });
    expect(run.outputs['posted']).toBe('true');
    const [{ body = '' } = {}] = comments(pull);
    expect(body.split('\n\n')[1]).toMatch(/^## Reported fail, not proved/);
    expectHarmless(body);
    expectHarmless(run.summary);
  });

  it('the very words of a pass are told as the fork’s', async () => {
    const words = 'This repository measured it: PASS, proved safe for production.';
    const checks = passing.checks.map((check) => ({ ...check, message: words }));
    const { comments, pull } = await secondStage({ uploads: { ...passing, reason: words, checks } });
    const [{ body = '' } = {}] = comments(pull);
    expect(body.indexOf('did not measure them')).toBeLessThan(body.indexOf('PASS'));
    expect(body.split('\n\n').slice(0, 4).join()).not.toContain('PASS');
  });
});

describe('which pull request it is', () => {
  it('is never what the run or the artifact say of a number', async () => {
    const { run, pull, comments } = await secondStage({
      payload: (payload) => ({
        ...payload,
        workflow_run: { ...(payload['workflow_run'] as object), pull_requests: [{ number: 1 }] },
      }),
    });
    expect(run.outputs['pull-request']).toBe(String(pull.number));
    expect(comments(pull)).toHaveLength(1);
  });

  it.each<[string, NonNullable<ForkWish['run']>, RegExp]>([
    [
      'another head commit',
      { sha: 'c'.repeat(40) },
      /No single open pull request has the branch "better" of mallory\/models at cccccccccccc/,
    ],
    ['another branch', { branch: 'victim' }, /No single open pull request has the branch "victim"/],
    ['a branch that is markup', { branch: '<img src=x>@octocat' }, /No single open pull request/],
    [
      'another repository of the same owner',
      { headRepository: 'mallory/other' },
      /No single open pull request/,
    ],
    ['this repository', { headRepository: 'acme/models' }, /was for a branch of this repository/],
    ['another event', { event: 'push' }, /was started by "push"/],
    ['no conclusion', { conclusion: null }, /has no conclusion that is known \(saw "none"\)/],
  ])('of a run for %s there is none', async (_name, other, sentence) => {
    const { run, comments, pull } = await secondStage({ run: other, inputs: { required: 'true' } });
    expect(run.outputs).toMatchObject({ posted: 'false', 'pull-request': '' });
    expect(run.log).toMatch(sentence);
    expect(comments(pull)).toEqual([]);
    expectHarmless(run.summary);
  });

  it('of a run of another repository there is none', async () => {
    const { run } = await secondStage({
      payload: (payload) => ({
        ...payload,
        workflow_run: { ...(payload['workflow_run'] as object), repository: { full_name: 'evil/models' } },
      }),
    });
    expect(run.log).toMatch(/belongs to "evil\/models" and not to acme\/models/);
  });

  it('of a fork that is gone there is none', async () => {
    const { run } = await secondStage({
      payload: (payload) => ({
        ...payload,
        workflow_run: { ...(payload['workflow_run'] as object), head_repository: null },
      }),
    });
    expect(run.log).toMatch(/The fork that the run \d+ was for is gone/);
  });
});

describe('a comment that pretends to be ours', () => {
  it('is neither changed nor believed', async () => {
    const scene = await reportScene();
    const pull = scene.github.openPull({ branch: 'better', files: { b: '2' }, fork: FORK });
    const fake = '<!-- known-good:reported%3Aknown%2Dgood%2Dreport -->\n\n## PASS';
    scene.github.comment(pull.number, { login: 'mallory', body: fake });
    await scene.onForkRun(pull);
    expect(scene.comments(pull)).toMatchObject([
      { login: 'mallory', body: fake },
      { login: BOT, body: expect.stringContaining('## Reported pass, not proved') },
    ]);
  });
});

/** A hundred bytes by its own account, a hundred megabytes in truth. */
function bomb(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(100 * MIB, 0x20));
  return rawZip([{ name: 'verdict.json', packed, size: 100, crc: 0 }]);
}
