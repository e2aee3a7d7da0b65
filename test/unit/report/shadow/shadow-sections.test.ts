import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../src/core/verdict.ts';
import type { ShadowFigures } from '../../../../src/report/shadow/shadow-figures.ts';
import { shadowReport } from '../../../../src/report/shadow/shadow-report.ts';
import { toHtml } from '../../../../src/report/to-html.ts';
import { toMarkdown } from '../../../../src/report/to-markdown.ts';
import { told } from '../../../support/sample-checks.ts';
import { folded, markdownOf, sample } from '../../../support/shadow-reading.ts';

describe('coverage', () => {
  const part = (verdict: Verdict, figures: ShadowFigures = {}): string =>
    folded(toMarkdown(shadowReport(verdict, figures)), 'Coverage');

  it('counts every row of the log by what became of it', () => {
    const table = part(sample('pass-bank').verdict, sample('pass-bank').figures);
    expect(table).toContain('| rows of the log | 20,012 |');
    expect(table).toContain('| of them not answered by both | 300 |');
    expect(table).toContain('| left out: rows that repeat an id | 8 |');
    expect(table).toContain('| left out: rows of other versions | 4 |');
    expect(table).not.toContain('another reason');
  });

  it('says so where rows were left out for no reason that it knows', () => {
    const { verdict } = sample('pass-bank');
    const checks = verdict.checks.filter(({ id }) => id !== 'log.other-versions');
    expect(part({ ...verdict, checks })).toContain('| left out for another reason | 4 |');
  });

  it('says until when requests decide, where later ones do not', () => {
    expect(part(sample('hold-few-labels').verdict)).toContain('Requests up to 2008-05-13 06:55 UTC decide');
    expect(part(sample('pass-bank').verdict)).not.toContain('Requests up to');
  });
});

describe('quality', () => {
  it('calls releases by their role alone where the log does not name them', () => {
    const text = folded(markdownOf(sample('unbound')), 'Quality');
    expect(text).toContain('| champion | ');
    expect(text).not.toMatch(/challenger challenger|champion champion/);
  });
});

describe('drift', () => {
  const { verdict, figures } = sample('pass-bank');

  it('shows five features of each comparison in text and all of them in the page', () => {
    const text = folded(toMarkdown(shadowReport(verdict, figures)), 'Drift');
    expect(text.match(/^\| `/gm)).toHaveLength(10);
    expect(text).toContain('12 more with smaller shifts are in the full report.');
    const html = toHtml(shadowReport(verdict, figures));
    for (const { name } of figures.drift ?? []) expect(html).toContain(`<th scope="row">${name}`);
  });

  it('tells alerts before larger effects that are stable', () => {
    const rows = (figures.drift ?? []).map((row, index) => ({
      ...row,
      against: 'reference' as const,
      judgement: index === 3 ? ('alert' as const) : ('stable' as const),
      effect: { name: 'D' as const, value: index === 3 ? 0.01 : 0.5 },
    }));
    const text = folded(toMarkdown(shadowReport(verdict, { drift: rows })), 'Drift');
    expect(text.split('\n').find((line) => line.startsWith('| `'))).toContain('**alert**');
  });

  it('shows what could not be measured, never as 0', () => {
    const row = { name: 'x', of: 'feature', against: 'reference', judgement: 'undecided' } as const;
    const report = shadowReport(verdict, { drift: [row] });
    expect(toMarkdown(report)).toContain('| `x` | undecided | — (—) | — | — | — | — → — |');
    expect(toHtml(report)).toContain('<th scope="row">x</th>');
  });

  it('tells what the tables cannot: no reference, and gates', () => {
    const missing = told('drift', 'Drift from the training data was not measured.', {
      id: 'drift.reference',
      role: 'inform',
      outcome: 'hold',
      reason: 'no-reference',
    });
    const report = shadowReport({ ...verdict, checks: [...verdict.checks, missing] }, figures);
    const text = folded(toMarkdown(report), 'Drift');
    expect(text).toContain('Drift from the training data was not measured.');
    expect(text).not.toContain('8 of 17 columns');
  });

  it('tells a gate although a row of the tables shows the same feature', () => {
    const gate = told('drift', 'job moved beyond the limit.', { id: 'drift.reference.job', outcome: 'fail' });
    const report = shadowReport({ ...verdict, checks: [gate] }, figures);
    expect(folded(toMarkdown(report), 'Drift')).toContain('Drift of `job`: job moved beyond the limit.');
  });
});

describe('offline against online', () => {
  it('says both in its summary', () => {
    expect(markdownOf(sample('pass-bank'))).toContain(
      '<summary>Offline against online: ROC-AUC promised +3.16 points, shadow +3.09 points</summary>',
    );
  });

  it('says only the promise where the shadow found nothing yet', () => {
    const { verdict, figures } = sample('hold-no-labels');
    const promised = [{ metric: 'roc_auc', difference: 0.03 }] as const;
    const text = folded(toMarkdown(shadowReport(verdict, { ...figures, promised })), 'Offline');
    expect(text).toContain('ROC-AUC promised +3.00 points</summary>');
    expect(text).toContain('| ROC-AUC | +3.00 points | — | — |');
  });
});

describe('agreement', () => {
  it('counts nothing where nothing says what a disagreement is', () => {
    const { flips: _f, overTime = [], ...figures } = sample('pass-bike').figures;
    const silent = overTime.map((point) => ({ ...point, disagreement: undefined }));
    const { verdict } = sample('pass-bike');
    const text = folded(toMarkdown(shadowReport(verdict, { ...figures, overTime: silent })), 'Agreement');
    expect(text).toContain('no tolerance is set');
    expect(text).toContain('90 % of the differences are between −78.65 and +87.64</summary>');
    expect(text).not.toContain('Disagreement over time');
  });

  it('shows at most ten requests', () => {
    const { verdict } = sample('pass-bank');
    const disagreements = Array.from({ length: 12 }, (_, index) => ({
      id: `r${index}`,
      champion: 0,
      challenger: 1,
    }));
    expect(toMarkdown(shadowReport(verdict, { disagreements })).match(/\| `r\d+`/g)).toHaveLength(10);
  });
});
