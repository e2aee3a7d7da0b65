import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { CheckResult } from '../../src/core/check.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { gateReport } from '../../src/report/gate-report.ts';
import { toMarkdown } from '../../src/report/to-markdown.ts';

const FOLDER = new URL('../golden/gate/', import.meta.url);
/** Checks whose numbers are of the machine and of the moment. */
const FLEETING = /^(latency(\..+)?|memory\.peak_rss|structure\.load)$/;

/** Compares the report of a verdict, without what differs from run to run, with the committed one; `UPDATE_GOLDEN=1` writes it instead. */
export function expectGoldenReport(verdict: Verdict, name: string): void {
  const path = new URL(`${name}.md`, FOLDER);
  const report = toMarkdown(gateReport(steady(verdict)));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, report);
  }
  expect(existsSync(path), `${name}.md is not committed; write it with UPDATE_GOLDEN=1`).toBe(true);
  expect(report).toBe(readFileSync(path, 'utf8'));
}

/** A verdict without the moment, the machine and its times, and without what the commit at hand edits of its gates. */
export function steady(verdict: Verdict): Verdict {
  const { machine: _machine, ...others } = verdict;
  return {
    ...others,
    createdAt: '2026-01-01T00:00:00.000Z',
    producer: { tool: 'known-good' },
    assumptions: verdict.assumptions.filter((sentence) => !sentence.startsWith('the gates were compared')),
    checks: verdict.checks
      .filter((check) => check.check !== 'gates')
      .map((check) => (FLEETING.test(check.id) ? steadyCheck(check) : check)),
  };
}

function steadyCheck(check: CheckResult): CheckResult {
  const { measured, baseline, difference, interval, ...others } = check;
  return {
    ...others,
    ...(measured === undefined ? {} : { measured: 1 }),
    ...(baseline === undefined ? {} : { baseline: 1 }),
    ...(difference === undefined ? {} : { difference: 0 }),
    ...(interval === undefined ? {} : { interval: [1, 1] }),
    message: measured === undefined ? check.message : 'Measured on the machine of the run.',
  };
}
