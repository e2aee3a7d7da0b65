import { describe, expect, it } from 'vitest';
import { badge, code, paragraph, text, type Document } from '../../../src/report/document.ts';
import { gateReport } from '../../../src/report/gate-report.ts';
import { toTerminal } from '../../../src/report/to-terminal.ts';
import { SAMPLES } from '../../support/sample-verdicts.ts';

const report: Document = {
  title: 't',
  outcome: 'fail',
  blocks: [
    { kind: 'heading', level: 1, inlines: [{ kind: 'outcome', outcome: 'fail', loud: true }, text(' — x')] },
    paragraph('one two three four five six'),
    {
      kind: 'table',
      caption: 'c',
      columns: [
        { heading: 'check', align: 'left' },
        { heading: 'n', align: 'right' },
        { heading: 'outcome', align: 'left' },
      ],
      rows: [
        [[code('a')], [text('1,000')], [badge('pass')]],
        [[text('bb')], [text('2')], [badge('fail')]],
      ],
    },
    { kind: 'details', summary: 'More', blocks: [paragraph('folded')] },
  ],
};

describe('toTerminal', () => {
  it('wraps text, aligns tables and leaves out what is folded', () => {
    expect(toTerminal(report, { width: 14 })).toBe(
      '✖ FAIL — x\n\none two three\nfour five six\n\ncheck      n  outcome\na      1,000  ✔ pass\nbb         2  ✖ fail\n',
    );
  });

  it('unfolds and colours when asked, with the same text', () => {
    const colored = toTerminal(report, { width: 14, color: true, details: true });
    expect(colored).toContain('\u001b[1;31m✖ FAIL — x\u001b[0m');
    const escape = String.fromCodePoint(27);
    const plain = colored
      .split(escape)
      .map((part, index) => (index === 0 ? part : part.replace(/^\[[\d;]+m/, '')));
    expect(plain.join('')).toBe(toTerminal(report, { width: 14, details: true }));
    expect(plain.join('')).toContain('More\n\nfolded');
  });

  it.each(Object.entries(SAMPLES))(
    '%s has no control character but line breaks',
    (_, { verdict, figures }) => {
      expect(toTerminal(gateReport(verdict, figures), { details: true })).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    },
  );
});
