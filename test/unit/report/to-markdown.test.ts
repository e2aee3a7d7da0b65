import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, paragraph, strong, text, type Block, type Document } from '../../../src/report/document.ts';
import { gateReport } from '../../../src/report/gate-report.ts';
import { markerLine, toMarkdown } from '../../../src/report/to-markdown.ts';
import { SAMPLES } from '../../support/sample-verdicts.ts';

const documentOf = (...blocks: Block[]): Document => ({ title: 't', outcome: 'pass', blocks });
const bytes = (value: string): number => Buffer.byteLength(value, 'utf8');

describe('toMarkdown', () => {
  it.each<[string, Block, string]>([
    ['heading', { kind: 'heading', level: 2, inlines: [text('a #1')] }, '### a `#1`'],
    [
      'loud outcome',
      { kind: 'paragraph', inlines: [{ kind: 'outcome', outcome: 'hold', loud: true }] },
      'HOLD',
    ],
    ['texts that become a mention together', paragraph('@', 'octocat'), '`@octocat`'],
    ['code beside code', paragraph(code('a'), code('b')), '`a` `b`'],
    ['empty strong', paragraph('x', strong('  ')), 'x'],
    ['list', { kind: 'list', items: [[text('[ ] a')], [text('- b')]] }, '- \\[ \\] a\n- \\- b'],
    ['code with a fence', { kind: 'code', text: '```\n@x' }, '````text\n```\n@x\n````'],
    [
      'details',
      { kind: 'details', summary: '<b> @x', blocks: [paragraph('y')] },
      '<details>\n<summary>&#60;b&#62; <code>&#64;x</code></summary>\n\ny\n\n</details>',
    ],
    ['empty details', { kind: 'details', summary: 's', blocks: [] }, ''],
  ])('%s', (_, block, expected) => {
    expect(toMarkdown(documentOf(block))).toBe(`${expected}\n`);
  });

  it('fills a short row and drops surplus cells, so that the table stays one', () => {
    const columns = ['a', 'b'].map((heading) => ({ heading, align: 'left' as const }));
    const rows = [[[text('x|y\nz')]], [[text('1')], [text('2')], [text('3')]]];
    expect(toMarkdown(documentOf({ kind: 'table', caption: 'c', columns, rows }))).toBe(
      '| a | b |\n| --- | --- |\n| x&#124;y z |  |\n| 1 | 2 |\n',
    );
  });
});

describe('the budget', () => {
  const long = documentOf(
    { kind: 'heading', level: 1, inlines: [text('kept')] },
    ...Array.from({ length: 50 }, (_, index): Block => ({
      kind: 'details',
      summary: `Part ${index}: all`,
      blocks: [paragraph('├──●──┤ 🙂 '.repeat(20))],
    })),
  );

  it.each([400, 1000, 5000, 60_000])('is kept at %d bytes, on block borders', (budget) => {
    const markdown = toMarkdown(long, { budget, marker: 'gate bank' });
    expect(bytes(markdown)).toBeLessThanOrEqual(budget);
    expect(markdown.match(/<details>/g)?.length ?? 0).toBe(markdown.match(/<\/details>/g)?.length ?? 0);
    expect(markdown).toContain('## kept');
    expect(markdown).not.toContain('\ufffd');
  });

  it('says what was left out, by name or by number', () => {
    expect(toMarkdown(long, { budget: 1000 })).toMatch(
      /Left out, for want of room: .*The full report has all|full report has all/,
    );
    expect(toMarkdown(long, { budget: bytes(toMarkdown(long)) })).not.toContain('Left out');
    const two = documentOf(paragraph('kept'), {
      kind: 'details',
      summary: 'Slices: 3 fail',
      blocks: [paragraph('x'.repeat(5000))],
    });
    expect(toMarkdown(two, { budget: 2000 })).toBe(
      'kept\n\n_Left out, for want of room: Slices. The full report has all._\n',
    );
  });

  it('shortens long tables before it leaves them out', () => {
    const rows = Array.from({ length: 500 }, (_, index) => [[text(`row ${index}`)]]);
    const table: Block = { kind: 'table', caption: 'c', columns: [{ heading: 'h', align: 'left' }], rows };
    const markdown = toMarkdown(documentOf({ kind: 'details', summary: 'Slices', blocks: [table] }), {
      budget: 2000,
    });
    expect(markdown).toContain('480 more rows are in the full report.');
    expect(markdown).not.toContain('Left out');
  });

  it.each(Object.entries(SAMPLES))(
    'is kept by %s with room for the first screen',
    (_, { verdict, figures }) => {
      expect(bytes(toMarkdown(gateReport(verdict, figures)))).toBeLessThanOrEqual(60_000);
    },
  );
});

describe('markerLine', () => {
  it('is the hidden first line', () => {
    expect(toMarkdown(documentOf(paragraph('x')), { marker: 'gate:bank:production' })).toBe(
      '<!-- known-good:gate%3Abank%3Aproduction -->\n\nx\n',
    );
  });

  it('is one closed comment for any identity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (marker) => {
        expect(markerLine(marker)).toMatch(/^<!-- known-good:[\w.!~*'()%]* -->$/);
      }),
    );
  });
});
