import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gateReport } from '../../../src/report/gate-report.ts';
import { toHtml } from '../../../src/report/to-html.ts';
import { toMarkdown } from '../../../src/report/to-markdown.ts';
import { toTerminal } from '../../../src/report/to-terminal.ts';
import { SAMPLES } from '../../support/sample-verdicts.ts';

const FOLDER = new URL('../../golden/report/', import.meta.url);

const files = Object.entries(SAMPLES).flatMap(([name, { verdict, figures }]) => {
  const report = gateReport(verdict, figures);
  const markdown = { file: `${name}.md`, text: toMarkdown(report) };
  if (name !== 'hold-few-rows') return [markdown];
  return [
    markdown,
    { file: `${name}.html`, text: toHtml(report) },
    { file: `${name}.txt`, text: toTerminal(report) },
  ];
});

/** Compares with the committed file; `UPDATE_GOLDEN=1` writes it instead. */
describe('sample reports are the committed ones', () => {
  it.each(files)('$file', ({ file, text }) => {
    const path = new URL(file, FOLDER);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path, text);
    }
    expect(existsSync(path), `${file} is not committed; write it with UPDATE_GOLDEN=1`).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('leaves no golden file without a sample', () => {
    const known = new Set(files.map(({ file }) => file));
    const committed = readdirSync(FOLDER).filter((file) => !file.startsWith('shadow-'));
    expect(committed.filter((file) => !known.has(file))).toEqual([]);
  });
});
