import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateReport } from '../../src/report/gate-report.ts';
import { toHtml } from '../../src/report/to-html.ts';
import { toMarkdown } from '../../src/report/to-markdown.ts';
import { toTerminal } from '../../src/report/to-terminal.ts';
import { SAMPLES } from '../support/sample-verdicts.ts';

/** Writes every sample report as `.md`, `.html` and `.txt` into a folder, and returns the file names. */
function writePreviews(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return Object.entries(SAMPLES).flatMap(([name, { verdict, figures }]) => {
    const report = gateReport(verdict, figures);
    const texts = {
      md: toMarkdown(report),
      html: toHtml(report),
      txt: toTerminal(report, { details: true }),
    };
    return Object.entries(texts).map(([extension, text]) => {
      writeFileSync(join(folder, `${name}.${extension}`), text);
      return `${name}.${extension}`;
    });
  });
}

const folder = process.argv[2] ?? 'preview';
process.stdout.write(`${writePreviews(folder).length} files in ${folder}\n`);
