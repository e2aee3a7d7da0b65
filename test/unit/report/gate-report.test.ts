import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/core/check.ts';
import type { Verdict } from '../../../src/core/verdict.ts';
import type { Block, Table } from '../../../src/report/document.ts';
import { plainText } from '../../../src/report/document.ts';
import { gateReport } from '../../../src/report/gate-report.ts';
import { toMarkdown } from '../../../src/report/to-markdown.ts';
import { told } from '../../support/sample-checks.ts';
import { SAMPLES } from '../../support/sample-verdicts.ts';

const sample = (name: string): Verdict => {
  const found = SAMPLES[name];
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.verdict;
};

const headTable = (verdict: Verdict): Table | undefined =>
  gateReport(verdict).blocks.find((block): block is Table => block.kind === 'table');

const kinds = (blocks: readonly Block[]): string[] => blocks.map((block) => block.kind);

describe('the first screen', () => {
  it.each([
    ['pass-bank', 'PASS — bank 2.0.0 is safe to promote to production'],
    ['pass-two-files', 'PASS — equal.onnx passes its gate'],
    ['fail-declared', 'FAIL — bank 2.1.0 must not be promoted to production'],
    ['hold-few-rows', 'HOLD — bank 1.8.0 is not proved safe for production'],
    ['hold-no-gates', 'HOLD — challenger.onnx was measured, but no gate was set'],
    ['error-timeout', 'ERROR — bank 3.0.0 could not be judged for production'],
    ['pass-elsewhere', 'PASS — summarizer 3.1.0 is safe to promote to production (predicted elsewhere)'],
  ])('%s opens with "%s"', (name, heading) => {
    expect(gateReport(sample(name)).title).toBe(heading);
    expect(toMarkdown(gateReport(sample(name)))).toMatch(
      new RegExp(`^## ${heading.replace(/[().]/g, '\\$&')}\n`),
    );
  });

  it('shows no metric for information that a gate of the first table shows already', () => {
    const verdict = sample('pass-bank');
    const gate = verdict.checks.find((check) => check.role === 'gate' && check.metric === 'roc_auc');
    const twin: CheckResult = {
      ...told('metrics', 'ROC-AUC again.', { role: 'inform', metric: 'roc_auc' }),
      measured: 0.793,
    };
    const subject = gate?.subject === undefined ? {} : { subject: gate.subject };
    const rows = (checks: CheckResult[]) => headTable({ ...verdict, checks })?.rows.length;
    expect(gate).toBeDefined();
    expect(rows([gate as CheckResult, { ...twin, ...subject }])).toBe(1);
    expect(rows([gate as CheckResult, { ...twin, subject: 'frozen' }])).toBe(2);
  });

  it('says one cause once', () => {
    const verdict = sample('error-timeout');
    const cause = 'Output "p" has shape [3] for 5 rows; expected [5, K].';
    const checks = [
      told('metrics', `Nothing was measured on "t.csv": ${cause}`, { outcome: 'error', id: 'metrics' }),
      told('smoke', `The model could not be tried on any row: ${cause}`, { outcome: 'error', id: 'smoke' }),
    ];
    const reason = checks[0]?.message ?? '';
    const report = toMarkdown(gateReport({ ...verdict, checks, reason, binding: 'metrics' }));
    expect(report).toContain('- **Smoke:** For the same reason.');
  });

  it.each([
    ['Give more rows.', 'give more rows.'],
    ['AUC needs rows.', 'AUC needs rows.'],
    ['A second table would settle it.', 'a second table would settle it.'],
  ])('goes on in the middle of the sentence: %s', (settle, shown) => {
    const { checks, ...rest } = sample('hold-few-rows');
    const settled = checks.map((check) => (check.id === rest.binding ? { ...check, settle } : check));
    expect(toMarkdown(gateReport({ ...rest, checks: settled }))).toContain(`** ${shown}`);
  });

  it.each([
    ['pass', 'PASS — m passes its gate'],
    ['hold', 'HOLD — m is not proved safe'],
    ['fail', 'FAIL — m does not pass its gate'],
    ['error', 'ERROR — m could not be judged'],
  ] as const)('reads naturally without version and environment: %s', (outcome, heading) => {
    const { version: _v, environment: _e, ...rest } = sample('pass-bank');
    expect(gateReport({ ...rest, model: 'm', outcome }).title).toBe(heading);
  });

  it('has heading, reason, next step, table, picture, line of passes and provenance, in that order', () => {
    const blocks = gateReport(sample('pass-bank'), SAMPLES['pass-bank']?.figures).blocks;
    expect(kinds(blocks).slice(0, 8)).toEqual([
      'heading',
      'paragraph',
      'paragraph',
      'table',
      'chart',
      'paragraph',
      'paragraph',
      'definitions',
    ]);
    expect(new Set(kinds(blocks).slice(8))).toEqual(new Set(['details']));
  });

  it('appends the rows that settle a hold only where the reason lacks them', () => {
    const verdict = sample('hold-few-rows');
    const lead = (reason: string): string => {
      const block = gateReport({ ...verdict, reason }).blocks[1];
      return block?.kind === 'paragraph' ? plainText(block.inlines) : '';
    };
    expect(lead('Not proved.')).toBe('Not proved; about 620 labelled rows in all would settle it.');
    expect(lead('Not proved; 620 rows would do.')).toBe('Not proved; 620 rows would do.');
  });

  it('shows a command where the caller knows one', () => {
    expect(toMarkdown(gateReport(sample('pass-bank'), {}, { command: '/promote production' }))).toContain(
      '`/promote production`',
    );
  });
});

describe('the first table', () => {
  it('has at most six rows, and says what it leaves out', () => {
    const checks = Array.from({ length: 9 }, (_, index) =>
      told('data', 'Broken.', { id: `data.${index}`, outcome: 'fail', reason: 'broken' }),
    );
    const verdict: Verdict = { ...sample('fail-leaky'), checks };
    expect(headTable(verdict)?.rows).toHaveLength(6);
    expect(toMarkdown(gateReport(verdict))).toContain('**Not shown above, not passed:** data (3).');
  });

  it('tells false declarations before the binding check, and gates before informs', () => {
    const verdict = { ...sample('fail-declared'), binding: 'champion.roc_auc', reason: 'ROC-AUC is worse.' };
    const titles = headTable(verdict)?.rows.map((row) => plainText(row[0] ?? []));
    expect(titles?.slice(0, 3)).toEqual([
      'ROC-AUC, declared vs measured',
      'Brier score, declared vs measured ↓',
      'ROC-AUC vs champion',
    ]);
    expect(toMarkdown(gateReport(verdict))).toContain('measured is 0.5411. ROC-AUC is worse.');
  });

  it.each([
    ['pass-bank', ['check', 'champion', 'challenger', 'difference [90 % interval]', 'limit', 'outcome']],
    ['hold-no-gates', ['check', 'naive', 'challenger', 'difference [90 % interval]', 'outcome']],
    ['pass-no-baseline', ['check', 'measured', '90 % interval', 'limit', 'outcome']],
    ['error-timeout', ['check', 'outcome']],
  ])('of %s has the columns that something fills', (name, headings) => {
    expect(headTable(sample(name))?.columns.map((column) => column.heading)).toEqual(headings);
  });

  it('says what happened in rows without a number', () => {
    expect(toMarkdown(gateReport(sample('error-timeout')))).toContain(
      '- **ROC-AUC vs champion, Brier score vs champion:** Not measured, because the model gave no predictions.',
    );
  });

  it('marks what only informs', () => {
    const inform: CheckResult = {
      ...told('memory', 'Large.', { id: 'memory.file' }),
      role: 'inform',
      outcome: 'fail',
      reason: 'above-max',
      measured: 9e9,
      unit: 'bytes',
      limit: { rule: 'max', value: 1024 },
    };
    expect(toMarkdown(gateReport({ ...sample('pass-bank'), checks: [inform] }))).toContain(
      '| File size | 8.38 GiB | ≤ 1 KiB | ✖ fail (informs) |',
    );
  });
});

describe('every report', () => {
  it.each(Object.entries(SAMPLES))('%s names its bytes, data and tool', (_, { verdict, figures }) => {
    const markdown = toMarkdown(gateReport(verdict, figures));
    if (verdict.artifact !== undefined) expect(markdown).toContain(verdict.artifact.digest.slice(7, 19));
    for (const table of verdict.data) expect(markdown).toContain(table.sha256.slice(7, 19));
    expect(markdown).toContain('known-good 0.1.0');
    expect(markdown).not.toMatch(/undefined|NaN|\[object/);
  });

  it('says "Predicted elsewhere" before any number', () => {
    const markdown = toMarkdown(gateReport(sample('pass-elsewhere')));
    expect(markdown.indexOf('Predicted elsewhere.')).toBeLessThan(markdown.indexOf('| check'));
    expect(toMarkdown(gateReport(sample('pass-bank')))).not.toContain('Predicted elsewhere');
  });
});
