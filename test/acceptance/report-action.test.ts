import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/core/verdict.ts';
import { markerLine } from '../../src/report/to-markdown.ts';
import type { ReportScene } from '../support/report-scene.ts';
import { expectHarmless } from '../support/expect-harmless.ts';
import { BOT, FORK, reportScene } from '../support/report-scene.ts';
import { unfenced, type StepRun } from '../support/run-step.ts';
import { failing, passing } from '../support/sample-bank-verdicts.ts';
import { hostile, manySlices } from '../support/sample-hard-verdicts.ts';
import { SHADOW_SAMPLES } from '../support/sample-shadow-verdicts.ts';

const FILES = { 'models/bank/model.onnx': 'new' };
const MARKER = markerLine('gate:bank:production');

async function withPull(fork?: string) {
  const scene = await reportScene();
  const pull = scene.github.openPull({
    branch: 'better',
    files: FILES,
    ...(fork === undefined ? {} : { fork }),
  });
  return { ...scene, pull };
}

/** The step ended well, said what it did, and let nothing foreign out as a workflow command. */
function expectQuiet(run: StepRun): void {
  expect(run.code).toBe(0);
  expect(run.log).not.toContain('    at ');
  expect(unfenced(run).match(/^::(?!warning )/gm)).toBeNull();
}

const texts = ({ comments }: ReportScene, pull: Parameters<ReportScene['comments']>[0]) =>
  comments(pull).map(({ body }) => body);

describe('a pull request of the repository', () => {
  it('gets one comment, which the next run changes in place', async () => {
    const { pull, ...scene } = await withPull();
    const first = await scene.onPull(pull, {
      inputs: { 'artifact-url': 'https://github.com/acme/models/actions/runs/77/artifacts/5' },
    });
    expectQuiet(first);
    const [comment] = [...scene.github.comments.values()];
    expect(first.outputs).toEqual({
      posted: 'true',
      'pull-request': String(pull.number),
      'comment-id': String(comment?.id),
      'comment-url': expect.stringContaining(`#issuecomment-${comment?.id}`),
    });
    expect(comment?.login).toBe(BOT);
    expect(comment?.body.split('\n')[0]).toBe(MARKER);
    expect(comment?.body).toContain('## PASS — bank 2.0.0 is safe to promote to production');
    expect(comment?.body).toContain(`commit \`${pull.head.sha.slice(0, 12)}\``);
    expect(comment?.body).toContain('](<https://github.com/acme/models/actions/runs/77>)');
    expect(comment?.body).toContain('](<https://github.com/acme/models/actions/runs/77/artifacts/5>)');

    const second = await scene.onPull(pull, { verdict: failing });
    expect(second.outputs['comment-id']).toBe(first.outputs['comment-id']);
    expect(texts(scene, pull)).toEqual([
      expect.stringContaining('## FAIL — bank 2.1.0 must not be promoted'),
    ]);
    expect(second.summary).toContain('## FAIL');
  });

  it('gets one for each kind, model and environment', async () => {
    const { pull, ...scene } = await withPull();
    for (const verdict of [
      passing,
      { ...passing, environment: 'staging' },
      { ...passing, model: 'bike' },
      shadow(),
    ])
      expect((await scene.onPull(pull, { verdict })).outputs['posted']).toBe('true');
    expect(texts(scene, pull).map((body) => body.split('\n')[0])).toEqual([
      MARKER,
      markerLine('gate:bank:staging'),
      markerLine('gate:bike:production'),
      markerLine('shadow:bank:production'),
    ]);
  });

  it('is not fooled by a comment of somebody else with the same marker', async () => {
    const { pull, ...scene } = await withPull();
    scene.github.comment(pull.number, { login: 'mallory', body: `${MARKER}\n\n## PASS` });
    expectQuiet(await scene.onPull(pull, { verdict: failing }));
    expect(scene.comments(pull)).toMatchObject([
      { login: 'mallory', body: `${MARKER}\n\n## PASS` },
      { login: BOT, body: expect.stringContaining('## FAIL') },
    ]);
  });

  it('with a newer commit is left to the run of that one', async () => {
    const { pull, ...scene } = await withPull();
    const old = { ...pull, head: { ...pull.head, sha: 'a'.repeat(40) } };
    const run = await scene.onPull(old);
    expectQuiet(run);
    expect(run.outputs['posted']).toBe('false');
    expect(run.log).toContain(`has a newer commit (${pull.head.sha.slice(0, 7)})`);
    expect(texts(scene, pull)).toEqual([]);
  });

  it.each<[string, Verdict, string]>([
    ['a pass', passing, 'success'],
    ['a hold', { ...passing, outcome: 'hold', checks: held() }, 'action_required'],
    ['a fail', failing, 'failure'],
  ])('gets a check where one is asked for: %s', async (_name, verdict, conclusion) => {
    const { pull, ...scene } = await withPull();
    for (let turn = 0; turn < 2; turn += 1)
      expectQuiet(await scene.onPull(pull, { verdict, inputs: { check: 'true' } }));
    expect([...scene.github.checkRuns.values()]).toMatchObject([
      { sha: pull.head.sha, name: 'Known Good gate: bank → production', conclusion },
    ]);
  });

  it('keeps to the size of a comment; the summary holds the rest', async () => {
    const { pull, ...scene } = await withPull();
    const many = Array.from({ length: 12 }, (_, part) =>
      manySlices.checks.map((check) => ({ ...check, id: `${check.id}.${part}` })),
    ).flat();
    const run = await scene.onPull(pull, { verdict: { ...manySlices, checks: many } });
    expectQuiet(run);
    const [body = ''] = texts(scene, pull);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(60_000);
    expect(body).toContain('more rows are in the full report');
    expect(run.summary.length).toBeGreaterThan(body.length);
  });

  it('says nothing of what is in report.md, and nothing in names becomes markup, a mention or a link', async () => {
    const { pull, ...scene } = await withPull();
    expectQuiet(await scene.onPull(pull, { verdict: hostile }));
    expectHarmless(texts(scene, pull)[0] ?? '');
  });
});

describe('what cannot be posted', () => {
  it('for want of a permission is said with its name, and does not fail the job', async () => {
    const { pull, ...scene } = await withPull();
    const run = await scene.onPull(pull, { permissions: { contents: 'read', pull_requests: 'read' } });
    expectQuiet(run);
    expect(run.outputs).toMatchObject({ posted: 'false', 'pull-request': String(pull.number) });
    expect(run.log).toMatch(
      /::warning title=Known Good could not post the report::.*(?:issues|pull-requests): write/,
    );
    expect(run.summary).toContain('## PASS');
  });

  it('fails the job where it is required', async () => {
    const { pull, ...scene } = await withPull();
    const permissions = { contents: 'read', pull_requests: 'read' } as const;
    const run = await scene.onPull(pull, { permissions, inputs: { required: 'true' } });
    expect([run.code, run.outputs['posted']]).toEqual([3, 'false']);
    expect(run.log).toMatch(/^::error title=/m);
  });

  it('a check alone leaves the comment where it is', async () => {
    const { pull, ...scene } = await withPull();
    const permissions = { contents: 'read', pull_requests: 'write', issues: 'write' } as const;
    const run = await scene.onPull(pull, { permissions, inputs: { check: 'true', required: 'true' } });
    expectQuiet(run);
    expect(run.outputs['posted']).toBe('true');
    expect(run.log).toMatch(/::warning .*checks: write/);
  });

  it.each<[string, Verdict | string | null, RegExp]>([
    ['no report', null, /There is no "known-good-report\/verdict\.json"/],
    ['a report that is no verdict', '{"schema":1}', /is no verdict/],
    [
      'a verdict that was written by hand',
      { ...failing, outcome: 'pass' },
      /says "pass", and its checks add up to "fail"/,
    ],
  ])('%s is said', async (_name, verdict, sentence) => {
    const { pull, ...scene } = await withPull();
    const run = await scene.onPull(pull, { verdict });
    expectQuiet(run);
    expect(run.outputs['posted']).toBe('false');
    expect(run.log.replaceAll('%25', '%')).toMatch(sentence);
    expect(texts(scene, pull)).toEqual([]);
  });

  it('by a wrong input is a wrong input', async () => {
    const { pull, ...scene } = await withPull();
    const run = await scene.onPull(pull, { inputs: { check: 'yes', 'pull-request': 'x' } });
    expect([run.code, run.outputs['posted']]).toEqual([64, 'false']);
    expect(run.log).toMatch(/input pull-request: saw "x".*input check: saw "yes", allowed: true, false/);
  });
});

describe('a run that no pull request started', () => {
  it('posts a shadow to the pull request of the challenger’s commit', async () => {
    const { pull, ...scene } = await withPull();
    const sha = scene.github.mergePull(pull.number);
    const run = await scene.onEvent('schedule', { verdict: shadow({ sha }) });
    expectQuiet(run);
    expect(run.outputs).toMatchObject({ posted: 'true', 'pull-request': String(pull.number) });
    expect(texts(scene, pull)[0]?.split('\n')[0]).toBe(markerLine('shadow:bank:production'));
  });

  it.each<[string, Record<string, string>]>([
    ['without a commit that is known', {}],
    ['with a commit that no pull request brought', { sha: 'b'.repeat(40) }],
  ])('%s leaves it in the summary alone', async (_name, commit) => {
    const { pull, ...scene } = await withPull();
    const run = await scene.onEvent('schedule', { verdict: shadow(commit), inputs: { required: 'true' } });
    expectQuiet(run);
    expect(run.outputs['posted']).toBe('false');
    expect(run.summary).toMatch(/in this summary alone/);
    expect(run.summary).toContain('in shadow of');
    expect(texts(scene, pull)).toEqual([]);
  });

  it('posts to the pull request that somebody names', async () => {
    const { pull, ...scene } = await withPull();
    const run = await scene.onEvent('workflow_dispatch', { inputs: { 'pull-request': String(pull.number) } });
    expectQuiet(run);
    expect(texts(scene, pull)).toHaveLength(1);
  });
});

describe('a pull request from a fork', () => {
  it('gets nothing from its own run, which says that the second stage comments', async () => {
    const { pull, ...scene } = await withPull(FORK);
    const run = await scene.onPull(pull, { permissions: { contents: 'read' }, inputs: { required: 'true' } });
    expectQuiet(run);
    expect(run.log).toMatch(/comes from the fork mallory\/models.*second stage/);
    expect(run.summary).toMatch(/second stage/);
    expect(scene.github.requests).toEqual([]);
  });

  it('gets its own numbers in the second stage, labelled as such before anything else', async () => {
    const { pull, ...scene } = await withPull(FORK);
    const run = await scene.onForkRun(pull, { inputs: { check: 'true' } });
    expectQuiet(run);
    expect(run.outputs).toMatchObject({ posted: 'true', 'pull-request': String(pull.number) });
    const [body = ''] = texts(scene, pull);
    const lines = body.split('\n\n');
    expect(lines[0]).toBe(markerLine('reported:known-good-report'));
    expect(lines[1]).toBe('## Reported pass, not proved — gate of bank 2.0.0 for production');
    expect(lines[2]).toMatch(
      /> \*\*Advisory\.\*\* These numbers come from a run of the fork mallory\/models/,
    );
    expect(lines[2]).toContain('This repository did not measure them');
    expect(body).not.toMatch(/PASS|is safe to promote|✔|✓ pass/);
    expect(body).toContain('reported pass');
    expect([...scene.github.checkRuns.values()]).toMatchObject([
      { sha: pull.head.sha, conclusion: 'neutral', name: 'Known Good (reported by the fork)' },
    ]);
  });

  it('keeps one comment, whatever model it says it is', async () => {
    const { pull, ...scene } = await withPull(FORK);
    scene.github.comment(pull.number, { login: BOT, body: `${MARKER}\n\nours` });
    for (const model of ['bank', 'bike'])
      expectQuiet(await scene.onForkRun(pull, { uploads: { ...passing, model } }));
    expect(texts(scene, pull)).toEqual([`${MARKER}\n\nours`, expect.stringContaining('gate of bike 2.0.0')]);
  });
});

/** A shadow that passes, of a challenger that was built from a commit. */
function shadow(commit: Record<string, string> = {}): Verdict {
  const { verdict } = SHADOW_SAMPLES['shadow-pass-bank'] ?? { verdict: undefined };
  if (verdict?.shadow === undefined) throw new Error('There is no sample of a shadow.');
  const { challenger, ...rest } = verdict.shadow;
  return { ...verdict, shadow: { ...rest, challenger: { ...challenger, ...commit } } };
}

function held(): Verdict['checks'] {
  return passing.checks.map((check, index) =>
    index === passing.checks.findIndex(({ role }) => role === 'gate') ? { ...check, outcome: 'hold' } : check,
  );
}
