import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../../src/core/check.ts';
import type { Verdict } from '../../../../src/core/verdict.ts';
import type { Block, Table } from '../../../../src/report/document.ts';
import { plainText } from '../../../../src/report/document.ts';
import { shadowReport } from '../../../../src/report/shadow/shadow-report.ts';
import { toHtml } from '../../../../src/report/to-html.ts';
import { toMarkdown } from '../../../../src/report/to-markdown.ts';
import { toTerminal } from '../../../../src/report/to-terminal.ts';
import { told } from '../../../support/sample-checks.ts';
import { SHADOW_SAMPLES } from '../../../support/sample-shadow-verdicts.ts';
import { firstScreen, markdownOf, sample, withShadow } from '../../../support/shadow-reading.ts';

const headTable = (verdict: Verdict): Table | undefined =>
  shadowReport(verdict).blocks.find((block): block is Table => block.kind === 'table');

describe('the first screen', () => {
  it.each([
    ['pass-bank', 'PASS — bank 2.0.0 in shadow of 1.0.0 is safe to promote to production'],
    ['hold-no-labels', 'HOLD — bank 2.0.0 in shadow of 1.0.0 is not proved safe for production'],
    ['fail-harm', 'FAIL — bank 2.1.0 in shadow of 1.0.0 must not be promoted to production'],
    ['unbound', 'HOLD — bank 2.0.0 in shadow of the champion is not proved safe for production'],
  ])('%s opens with "%s"', (name, heading) => {
    expect(shadowReport(sample(name).verdict).title).toBe(heading);
    expect(firstScreen(name).startsWith(`## ${heading}\n`)).toBe(true);
  });

  it.each([
    ['pass', 'PASS — m in shadow of 1.0.0 passes its shadow'],
    ['hold', 'HOLD — m in shadow of 1.0.0 is not proved safe'],
    ['fail', 'FAIL — m in shadow of 1.0.0 does not pass its shadow'],
    ['error', 'ERROR — m in shadow of 1.0.0 could not be judged'],
  ] as const)('reads naturally without names and environment: %s', (outcome, heading) => {
    const verdict = withShadow('pass-bank', { challenger: { name: 'challenger' } });
    const { version: _v, environment: _e, ...rest } = verdict;
    expect(shadowReport({ ...rest, model: 'm', outcome }).title).toBe(heading);
  });

  it('has reason, next step, rows, picture and one line of facts before anything folded', () => {
    const kinds = shadowReport(sample('pass-bank').verdict, sample('pass-bank').figures).blocks.map(
      (block) => block.kind,
    );
    expect(kinds.slice(0, 9)).toEqual([
      'heading',
      'paragraph',
      'paragraph',
      'table',
      'chart',
      'paragraph',
      'paragraph',
      'paragraph',
      'definitions',
    ]);
    expect(new Set(kinds.slice(9))).toEqual(new Set(['details']));
  });

  it('says first that there are no labels, and shows no number of quality', () => {
    const screen = firstScreen('hold-no-labels');
    expect(screen.split('\n')[2]).toMatch(/^There are no labels, so nothing is known about quality/);
    expect(screen).toContain('labels none');
    expect(screen).not.toContain('ROC-AUC');
    expect(markdownOf(sample('hold-no-labels'))).not.toContain('<summary>Quality');
  });

  it('says what would settle a hold, and by when', () => {
    expect(firstScreen('hold-few-labels')).toContain(
      '**Next, data scientist:** let the shadow run on: ≈ 2,900 more labelled requests, about 3 days at this rate',
    );
  });

  it('says what a pass has proved where its reason only counts the gates', () => {
    expect(firstScreen('pass-bank').split('\n')[2]).toMatch(
      /^All 7 gates pass\. ROC-AUC is 3\.09 points better/,
    );
  });

  it('names the window, all requests, all labels, the look and the releases', () => {
    const line =
      firstScreen('hold-few-labels')
        .split('\n')
        .find((each) => each.startsWith('window')) ?? '';
    expect(line).toContain('`2008-05-05 – 2008-06-02`');
    expect(line).toContain('requests 5,682 in both, 0 in one only, 12 excluded');
    expect(line).toContain('labels 1,420 matured, 2,898 immature, 44 missing');
    expect(line).toContain('look 1 (planned: 10,000 labels until 2008-07-31)');
    expect(line).toContain('champion `1.0.0` `ca784407c7c1` · challenger `2.0.0` `0ef524e36adf`');
    expect(line).toContain('config `5be1a7c3d209`');
  });

  it('writes a short window to the minute, and who answered alone', () => {
    const verdict = withShadow('pass-bank', {
      window: { from: '2026-01-01T10:00:00Z', to: '2026-01-02T11:30:00Z' },
      requests: { rows: 10, both: 7, championOnly: 2, challengerOnly: 1, excluded: 0 },
    });
    const markdown = toMarkdown(shadowReport(verdict));
    expect(markdown).toContain('`2026-01-01 10:00 UTC – 2026-01-02 11:30 UTC`');
    expect(markdown).toContain('7 in both, 2 champion only, 1 challenger only, 0 excluded');
  });

  it('has at most six rows, the binding one first, and calls its intervals valid at every look', () => {
    const table = headTable(sample('fail-disagreement').verdict);
    expect(table?.rows).toHaveLength(6);
    expect(plainText(table?.rows[0]?.[0] ?? [])).toBe('Disagreement');
    expect(table?.columns.map(({ heading }) => heading)).toContain(
      'difference [90 % interval, valid at every look]',
    );
  });

  it('leaves counts without limit or champion out of the first table', () => {
    const { verdict } = sample('pass-bank');
    const kinds = told('errors', 'The champion failed on 300 requests.', {
      id: 'errors.kinds.champion',
      role: 'inform',
      measured: 300,
      unit: 'rows',
    });
    const disagreement = verdict.checks.filter(({ check }) => check === 'agreement');
    const table = headTable({ ...verdict, checks: [kinds, ...disagreement] });
    expect(table?.rows.map((row) => plainText(row[0] ?? []))).toEqual(['Disagreement']);
  });

  it('writes a limit on what is unwanted as a ceiling, and shares of requests in percent', () => {
    const screen = firstScreen('pass-bank');
    expect(screen).toContain(
      '| Failed requests vs champion | 1.50 % | 0.18 % | −1.32 \\[−1.53, −1.11\\] points | ≤ +1.00 points | ✔ pass |',
    );
    expect(screen).toContain('| Disagreement | — | 2.26 % | \\[1.99 %, 2.56 %\\] | ≤ 30 % | ✔ pass |');
  });
});

describe('the next step', () => {
  const stepOf = (verdict: Verdict, command?: string): string =>
    toMarkdown(shadowReport(verdict, {}, command === undefined ? {} : { command }))
      .split('\n')
      .find((line) => line.startsWith('**Next')) ?? '';

  it('is the promotion after a pass, once what is asked for is signed', () => {
    expect(stepOf(sample('pass-bank').verdict, '/promote production 2.0.0')).toBe(
      '**Next, release manager:** it may go to production once signed off (1 asked for below). Have a look at the check that only informs. `/promote production 2.0.0`',
    );
    const { environment: _e, ...rest } = withShadow('pass-bank', { signOff: [] });
    expect(stepOf({ ...rest, checks: [] })).toBe(
      '**Next, release manager:** it may be promoted; the shadow asks for nothing more.',
    );
  });

  it('is with those who serve the models where the log binds', () => {
    expect(stepOf(sample('unbound').verdict)).toMatch(
      /^\*\*Next, whoever serves the models:\*\* log a version/,
    );
  });

  it.each<[Verdict['outcome'], Partial<CheckResult>, string]>([
    ['hold', {}, 'let the shadow run on, then make the report again.'],
    [
      'hold',
      { rowsNeeded: 500, n: 200 },
      'let the shadow run on for about 300 more labelled requests (500 in all)',
    ],
    ['fail', {}, 'mend what fails below, and shadow the next version.'],
    ['error', {}, 'make the checks below answerable, then make the report again.'],
  ])('has a sentence of its own where the binding check lacks one: %s %o', (outcome, more, sentence) => {
    const check: CheckResult = { ...told('champion', 'Why.', { id: 'c', outcome }), ...more };
    expect(stepOf({ ...sample('pass-bank').verdict, outcome, binding: 'c', checks: [check] })).toContain(
      sentence,
    );
  });
});

describe('what a log proves', () => {
  const NO_EVIDENCE = 'No evidence.';

  it('is cautioned where it is taken on trust or not bound at all', () => {
    expect(firstScreen('pass-bike')).toContain('**Taken on trust.**');
    expect(firstScreen('pass-bank')).not.toMatch(/Taken on trust|No evidence/);
    const unbound = withShadow('pass-bank', { bound: 'unbound' });
    expect(toMarkdown(shadowReport(unbound))).toContain(NO_EVIDENCE);
  });

  it('is not told twice where it is the reason already', () => {
    expect(firstScreen('unbound')).not.toContain(NO_EVIDENCE);
  });
});

describe('every shadow report', () => {
  const all = Object.entries(SHADOW_SAMPLES);

  it.each(all)('%s is whole with and without its figures', (_, { verdict, figures }) => {
    for (const each of [figures, {}]) {
      const report = shadowReport(verdict, each);
      for (const text of [toMarkdown(report), toHtml(report), toTerminal(report, { details: true })])
        expect(text.replaceAll('a feature is NaN', '')).not.toMatch(/undefined|NaN|\[object|Infinity/);
      expect(Buffer.byteLength(toMarkdown(report), 'utf8')).toBeLessThanOrEqual(60_000);
    }
  });

  it.each(all)('%s names its data', (_, { verdict, figures }) => {
    const markdown = toMarkdown(shadowReport(verdict, figures));
    for (const table of verdict.data) expect(markdown).toContain(table.sha256);
  });

  it('renders a verdict without a shadow block', () => {
    const { shadow: _s, ...verdict } = sample('pass-bank').verdict;
    const blocks: readonly Block[] = shadowReport(verdict).blocks;
    expect(blocks.some((block) => block.kind === 'definitions')).toBe(true);
  });

  it('lets nothing foreign become markup', () => {
    const { verdict, figures } = sample('fail-hostile');
    const markdown = toMarkdown(shadowReport(verdict, figures))
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/<code>.*?<\/code>/g, '')
      .replace(/<\/?(?:details|summary)>/g, '')
      .replace(/\\[^\n]|`[^`\n]*`/g, '');
    expect(markdown).not.toMatch(/<[a-z/]|@octocat|@acme|\]\(|:\/\/|#1\b/i);
    expect(markdown).not.toMatch(/[\u200b\u202e]/);
    expect(markdown).not.toMatch(/^```/m);
  });
});
