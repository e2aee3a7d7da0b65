import { describe, expect, it } from 'vitest';
import { reportDocument } from '../../../../src/app/pull-request-report/report-document.ts';
import type { Verdict } from '../../../../src/core/verdict.ts';
import { toMarkdown } from '../../../../src/report/to-markdown.ts';
import { failing, passing } from '../../../support/sample-bank-verdicts.ts';
import { hostile } from '../../../support/sample-hard-verdicts.ts';
import { expectHarmless } from '../../../support/expect-harmless.ts';

const RUN = 'https://github.com/acme/models/actions/runs/7';
const origin = { commit: '0123456789abcdef', run: RUN, artifact: `${RUN}/artifacts/8` };
const reported = { repository: 'mallory/models', run: RUN };
const shown = (verdict: Verdict, more = {}) => toMarkdown(reportDocument(verdict, { ...origin, ...more }));

describe('the report in a comment', () => {
  it('leads to its run and its files, before what is folded', () => {
    const markdown = shown(passing);
    const links = markdown.indexOf(
      `commit \`0123456789ab\` · run [its log](<${RUN}>) · all of it [the uploaded report](<${RUN}/artifacts/8>) (report.html)`,
    );
    expect(links).toBeGreaterThan(0);
    expect(links).toBeLessThan(markdown.indexOf('<details>'));
  });

  it('leads nowhere else: an address of another kind is text', () => {
    expect(shown(passing, { artifact: 'javascript:alert(1)' })).not.toContain('javascript:');
  });
});

describe('the report of a fork', () => {
  it.each<[string, Verdict]>([
    ['pass', passing],
    ['fail', failing],
  ])('is told as one: %s', (outcome, verdict) => {
    const [heading, advisory, reason] = shown(verdict, { reported }).split('\n\n');
    expect(heading).toMatch(new RegExp(`^## Reported ${outcome}, not proved — gate of bank`));
    expect(advisory).toMatch(
      /^> \[!IMPORTANT\]\n> \*\*Advisory\.\*\* .*mallory\/models.*did not measure them/,
    );
    expect(reason).toMatch(/^\*\*It reports:\*\*/);
  });

  it('never shows a pass as ours: not in the table, not in the bars, not in the next step', () => {
    const markdown = shown(passing, { reported });
    expect(markdown).not.toMatch(/✔|PASS|safe to promote|it may go to/);
    expect(markdown).toMatch(/\| reported pass \|/);
    expect(markdown).toMatch(/●.* reported pass$/m);
  });

  it('lets no name of it be markup', () => expectHarmless(shown(hostile, { reported })));
});
