import { describe, expect, it } from 'vitest';
import { gateReport } from '../../../src/report/gate-report.ts';
import { shadowReport } from '../../../src/report/shadow/shadow-report.ts';
import { toHtml } from '../../../src/report/to-html.ts';
import { SHADOW_SAMPLES } from '../../support/sample-shadow-verdicts.ts';
import { SAMPLES } from '../../support/sample-verdicts.ts';

const VOID = new Set(['meta', 'br', 'hr', 'img']);

interface Tag {
  name: string;
  attributes: string;
}

/** Opening tags of a page; throws where tags do not nest. */
function tagsOf(html: string): Tag[] {
  const open: string[] = [];
  const tags: Tag[] = [];
  const body = html.replace(/<style>[^<]*<\/style>/, '').replace('<!doctype html>', '');
  for (const [, closing, name = '', attributes = '', self] of body.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/gi,
  )) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else {
      tags.push({ name, attributes });
      if (self !== '/' && !VOID.has(name)) open.push(name);
    }
  }
  expect(open).toEqual([]);
  return tags;
}

const pages = [
  ...Object.entries(SAMPLES).map(([name, { verdict, figures }]) => ({
    name,
    html: toHtml(gateReport(verdict, figures)),
  })),
  ...Object.entries(SHADOW_SAMPLES).map(([name, { verdict, figures }]) => ({
    name,
    html: toHtml(shadowReport(verdict, figures)),
  })),
];

describe.each(pages)('$name', ({ html }) => {
  const tags = tagsOf(html);
  const all = (pattern: RegExp): string[] =>
    tags.flatMap(({ attributes }) => attributes.match(pattern)?.[1] ?? []);

  it('is made of nothing but nested tags and escaped text', () => {
    const texts = html.replace(/<style>[^<]*<\/style>/, '').replace(/<\/?[a-z!][^<>]*>/gi, '');
    expect(texts).not.toMatch(/[<>]/);
    expect(texts).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
  });

  it('loads, runs and links to nothing', () => {
    expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    const forbidden = [
      'script',
      'iframe',
      'object',
      'embed',
      'link',
      'a',
      'img',
      'form',
      'base',
      'foreignObject',
    ];
    expect(tags.filter(({ name }) => forbidden.includes(name))).toEqual([]);
    expect(tags.filter(({ attributes }) => /\s(?:on\w+|href|src|style)=/i.test(attributes))).toEqual([]);
    expect(html).not.toMatch(/url\(|@import/);
  });

  it('has one first heading, and no level is jumped', () => {
    const levels = tags.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('names its tables, header cells and pictures', () => {
    expect(tags.filter(({ name }) => name === 'main')).toHaveLength(1);
    expect(
      tags.filter(({ name, attributes }) => name === 'th' && !/scope="(?:col|row)"/.test(attributes)),
    ).toEqual([]);
    const count = (name: string): number => tags.filter((tag) => tag.name === name).length;
    expect(count('caption')).toBe(count('table'));
    expect(count('title')).toBe(count('svg') + 1);
    expect(count('desc')).toBe(count('svg'));
    expect(count('figcaption')).toBe(count('svg'));
    expect(count('summary')).toBe(count('details'));
  });

  it('has unique ids, and every reference finds one', () => {
    const ids = all(/\sid="([^"]*)"/);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of all(/aria-labelledby="([^"]*)"/).flatMap((list) => list.split(' ')))
      expect(ids).toContain(id);
  });
});
