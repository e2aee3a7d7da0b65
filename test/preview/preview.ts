import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from '../../src/report/document.ts';
import { gateReport } from '../../src/report/gate-report.ts';
import { shadowReport } from '../../src/report/shadow/shadow-report.ts';
import { toHtml } from '../../src/report/to-html.ts';
import { toMarkdown } from '../../src/report/to-markdown.ts';
import { toTerminal } from '../../src/report/to-terminal.ts';
import { sampleReplies, sampleReply } from '../support/sample-bot-replies.ts';
import { SHADOW_SAMPLES } from '../support/sample-shadow-verdicts.ts';
import { SAMPLES } from '../support/sample-verdicts.ts';

/** Every sample report, by file name. */
const reports: Readonly<Record<string, Document>> = Object.fromEntries([
  ...Object.entries(SAMPLES).map(([name, { verdict, figures }]) => [name, gateReport(verdict, figures)]),
  ...Object.entries(SHADOW_SAMPLES).map(([name, { verdict, figures, command }]) => [
    name,
    shadowReport(verdict, figures, command === undefined ? {} : { command }),
  ]),
]);

/** Writes every sample report as `.md`, `.html` and `.txt` into a folder, and returns the file names. */
function writePreviews(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return Object.entries(reports).flatMap(([name, report]) => {
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

/** Writes the sample replies of the bot as `bot-NAME.md`, and returns the file names. */
function writeReplies(folder: string): string[] {
  return Object.entries(sampleReplies()).map(([name, blocks]) => {
    writeFileSync(join(folder, `bot-${name}.md`), sampleReply(blocks));
    return `bot-${name}.md`;
  });
}

const folder = process.argv[2] ?? 'preview';
const files = [...writePreviews(folder), ...writeReplies(folder)];
process.stdout.write(`${files.length} files in ${folder}\n`);
