import { NO_CELL, type Block, type Inline, type Table } from './document.ts';
import { chartData, renderChart, type Chart } from './charts/chart.ts';
import type { ChartData } from './charts/svg.ts';
import { escapeHtml } from './escape-html.ts';
import { OUTCOME_SYMBOLS } from './outcome-symbol.ts';

/** One block as HTML: foreign text only through `escapeHtml`, no scripts, no links, nothing loaded. */
export function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${htmlInlines(block.inlines)}</h${block.level}>`;
    case 'paragraph':
      return `<p${block.tone === undefined ? '' : ` class="${block.tone}"`}>${htmlInlines(block.inlines)}</p>`;
    case 'callout':
      return `<div class="callout" role="note"><p><strong>${escapeHtml(block.title)}</strong> ${htmlInlines(block.inlines)}</p></div>`;
    case 'table':
      return htmlTable(block);
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${htmlInlines(item)}</li>`).join('\n')}\n</ul>`;
    case 'definitions':
      return `<dl class="facts">\n${block.items
        .map(({ term, inlines }) => `<div><dt>${escapeHtml(term)}</dt><dd>${htmlInlines(inlines)}</dd></div>`)
        .join('\n')}\n</dl>`;
    case 'code':
      return `<pre tabindex="0"><code>${block.text.split('\n').map(escapeHtml).join('\n')}</code></pre>`;
    case 'chart':
      return htmlFigure(block.chart);
    case 'details':
      return htmlDetails(block.summary, block.blocks);
    default:
      return block satisfies never;
  }
}

/** Blocks one after another, neighbouring charts side by side where there is room. */
export function htmlBlocks(blocks: readonly Block[]): string {
  const parts: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const charts = block.kind === 'chart';
    if (charts && blocks[index - 1]?.kind !== 'chart') parts.push('<div class="charts">');
    parts.push(htmlBlock(block));
    if (charts && blocks[index + 1]?.kind !== 'chart') parts.push('</div>');
  }
  return parts.join('\n');
}

function htmlDetails(summary: string, blocks: readonly Block[]): string {
  return `<details>\n<summary><h2>${escapeHtml(summary)}</h2></summary>\n<div class="folded">\n${htmlBlocks(blocks)}\n</div>\n</details>`;
}

function htmlTable({ caption, columns, rows, prominent }: Table): string {
  const head = columns.map(
    ({ heading, align }) =>
      `<th scope="col"${align === 'right' ? ' class="right"' : ''}>${escapeHtml(heading)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map(({ heading, align }, index) => {
      const content = htmlInlines(row[index] ?? []);
      if (index === 0) return `<th scope="row">${content}</th>`;
      const classes = [...(align === 'right' ? ['right'] : []), ...(content === NO_CELL ? ['nothing'] : [])];
      return `<td class="${classes.join(' ')}" data-heading="${escapeHtml(heading)}"><span>${content}</span></td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const name = escapeHtml(caption);
  return [
    `<div class="scroll${prominent === true ? ' headline' : ''}" role="region" aria-label="${name}" tabindex="0">`,
    `<table>\n<caption>${name}</caption>`,
    `<thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>\n${body.join('\n')}\n</tbody>\n</table>\n</div>`,
  ].join('\n');
}

function htmlFigure(chart: Chart): string {
  return [
    `<figure>\n<figcaption>${escapeHtml(chart.title)}</figcaption>`,
    renderChart(chart),
    `<details>\n<summary>The numbers of this chart</summary>`,
    htmlTable(dataTable(chart.title, chartData(chart))),
    '</details>\n</figure>',
  ].join('\n');
}

function dataTable(title: string, { headings, rows }: ChartData): Table {
  return {
    kind: 'table',
    caption: `Numbers of: ${title}`,
    columns: headings.map((heading) => ({ heading, align: 'left' })),
    rows: rows.map((row) => row.map((text) => [{ kind: 'text', text }])),
  };
}

function htmlInlines(inlines: readonly Inline[]): string {
  return inlines.map(htmlInline).join('');
}

function htmlInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text);
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'link':
      return escapeHtml(inline.text);
    case 'strong':
      return `<strong>${escapeHtml(inline.text)}</strong>`;
    case 'outcome': {
      const { outcome, loud } = inline;
      const symbol = `<span aria-hidden="true">${OUTCOME_SYMBOLS[outcome]}</span>`;
      if (loud) return `<span class="loud text-${outcome}">${symbol} ${outcome.toUpperCase()}</span>`;
      return `<span class="badge badge-${outcome}">${symbol} ${outcome}</span>`;
    }
    default:
      return inline satisfies never;
  }
}
