import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/core/check.ts';
import { annotations } from '../../../src/report/annotations.ts';
import { gateReport } from '../../../src/report/gate-report.ts';
import { summaryLine } from '../../../src/report/summary-line.ts';
import { toMarkdown } from '../../../src/report/to-markdown.ts';
import { SAMPLES } from '../../support/sample-verdicts.ts';

const MESSAGE = 'This change also edits the gates: roc_auc min 0.75 → 0.6.';
const changed: CheckResult = {
  id: 'gates',
  check: 'gates',
  role: 'inform',
  outcome: 'hold',
  reason: 'gates-changed',
  message: MESSAGE,
  settle: 'Agree to the new gates first.',
};
const verdict = {
  ...SAMPLES['pass-bank']!.verdict,
  checks: [changed, ...SAMPLES['pass-bank']!.verdict.checks],
};

describe('gates that the change itself edits', () => {
  it('are told before the reason, which stays the binding one', () => {
    const [heading, caution, reason] = toMarkdown(gateReport(verdict)).split('\n\n');
    expect(heading).toMatch(/^## PASS/);
    expect(caution?.replaceAll('\\', '')).toContain(MESSAGE);
    expect(caution).toContain('Agree to the new gates first.');
    expect(reason).toBe(verdict.reason);
  });
  it('are told on the one line of a terminal, and as a warning', () => {
    expect(summaryLine(verdict)).toContain(`. ${MESSAGE} ${verdict.reason}`);
    expect(annotations(verdict)).toMatchObject([{ level: 'warning', title: 'Changed gates: hold' }]);
  });
});
