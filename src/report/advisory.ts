import { OUTCOMES } from '../core/outcome.ts';
import type { Verdict } from '../core/verdict.ts';
import { link, strong, text, type Block, type Inline } from './document.ts';
import { OUTCOME_SYMBOLS } from './outcome-symbol.ts';
import { changedGates, reasonSentence } from './sections/headline.ts';

/** Whose run made a verdict that is only passed on. */
export interface ReportedBy {
  /** Repository that the change comes from. */
  repository: string;
  /** Address of the run. */
  run: string;
}

/** The first lines of a report that is passed on: what it is worth, before anything that it says. */
export function advisoryHead(
  verdict: Verdict,
  { repository, run }: ReportedBy,
): { title: string; blocks: Block[] } {
  const { model, version, environment, kind, outcome } = verdict;
  const name = version === undefined ? model : `${model} ${version}`;
  const where = environment === undefined ? '' : ` for ${environment}`;
  const title = `Reported ${outcome}, not proved — ${kind} of ${name}${where}`;
  return {
    title,
    blocks: [
      { kind: 'heading', level: 1, inlines: [text(title)] },
      {
        kind: 'callout',
        title: 'Advisory.',
        inlines: [
          text(`These numbers come from a run of the fork ${repository} (`),
          link('its log', run),
          text(
            '). This repository did not measure them, and whoever owns the fork can write what they like. They are no evidence, and nothing rests on them.',
          ),
        ],
      },
      {
        kind: 'paragraph',
        tone: 'lead',
        inlines: [strong('It reports:'), text(` ${reasonSentence(verdict)}`)],
      },
      ...changedGates(verdict).map(({ message }): Block => ({
        kind: 'paragraph',
        inlines: [strong('It reports of its own gates:'), text(` ${message}`)],
      })),
      {
        kind: 'paragraph',
        inlines: [
          strong('Next, reviewer:'),
          text(
            ' read the change itself. To have it measured, bring its commits to a branch of this repository, where the gate runs with gates and data that the fork cannot edit.',
          ),
        ],
      },
    ],
  };
}

/** A block of a report that is passed on: every outcome in it is called a reported one. */
export function asReported(block: Block): Block {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'callout':
      return { ...block, inlines: block.inlines.map(reported) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map((cell) => cell.map(reported))) };
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(reported)) };
    case 'definitions':
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, inlines: item.inlines.map(reported) })),
      };
    case 'chart':
      return { ...block, text: block.text.map(asReported) };
    case 'details':
      return {
        ...block,
        summary: `${block.summary} (as reported)`,
        blocks: block.blocks.map(asReported),
      };
    case 'code':
      return { ...block, text: reportedLines(block.text) };
    default:
      return block satisfies never;
  }
}

/** Bars of a chart end in their outcome. */
function reportedLines(lines: string): string {
  return OUTCOMES.reduce(
    (shown, outcome) => shown.replaceAll(`${OUTCOME_SYMBOLS[outcome]} ${outcome}`, `reported ${outcome}`),
    lines,
  );
}

function reported(inline: Inline): Inline {
  return inline.kind === 'outcome' ? text(`reported ${inline.outcome}`) : inline;
}
