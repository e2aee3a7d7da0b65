import { escapeHtml } from '../escape-html.ts';

/** What every chart says of itself; `id` is unique in its document and made of letters, digits and hyphens. */
export interface ChartText {
  id: string;
  title: string;
  /** What the picture shows, for those who do not see it. */
  description: string;
}

/** The numbers behind a picture: headings, and one text a cell. */
export interface ChartData {
  headings: readonly string[];
  rows: readonly (readonly string[])[];
}

/** `fluid`: x positions are percentages and text keeps its size at every width. `square`: scales as a whole. */
export type SvgFrame = { kind: 'fluid'; height: number } | { kind: 'square'; width: number; height: number };

/** One accessible SVG element around drawn parts. */
export function svgElement(chart: ChartText, frame: SvgFrame, parts: readonly string[]): string {
  const box =
    frame.kind === 'fluid'
      ? `width="100%" height="${frame.height}"`
      : `viewBox="0 0 ${frame.width} ${frame.height}" width="100%"`;
  const ids = `${chart.id}-title ${chart.id}-description`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-${frame.kind}" role="img" aria-labelledby="${ids}" ${box}>`,
    `<title id="${chart.id}-title">${escapeHtml(chart.title)}</title>`,
    `<desc id="${chart.id}-description">${escapeHtml(chart.description)}</desc>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** One SVG element with attributes in the given order; a number is rounded to two decimals. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = '',
): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => `${key}="${typeof value === 'number' ? round(value) : escapeHtml(value)}"`,
  );
  return content === ''
    ? `<${[name, ...written].join(' ')}/>`
    : `<${[name, ...written].join(' ')}>${content}</${name}>`;
}

/** A text element; the content is foreign and escaped here. */
export function label(content: string, attributes: Readonly<Record<string, string | number>>): string {
  return tag('text', attributes, escapeHtml(content));
}

/** What a key explains: the limit line, the baseline line, and which way is better. */
export interface KeyEntries {
  limit: boolean;
  referenceName?: string;
  better: string;
}

/** One line above a fluid chart that shows its lines beside their names; 20 px high. */
export function chartKey({ limit, referenceName, better }: KeyEntries): string[] {
  const entry = (name: string, words: string, x: number): string[] => [
    tag('line', { class: name, x1: x + 2, x2: x + 2, y1: 1, y2: 19 }),
    label(words, { class: 'key', x: x + 10, y: 14 }),
  ];
  return [
    ...(limit ? entry('limit', 'limit', 0) : []),
    ...(referenceName === undefined ? [] : entry('reference', referenceName, limit ? 60 : 0)),
    label(better, { class: 'key', x: '100%', y: 14, 'text-anchor': 'end' }),
  ];
}

/** A share of the width as a percentage, clamped to [0, 1]. */
export function percent(share: number): string {
  return `${round(Math.min(Math.max(share, 0), 1) * 100)}%`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
