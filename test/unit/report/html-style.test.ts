import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/core/outcome.ts';
import { DARK, LIGHT, type Palette } from '../../../src/report/html-palette.ts';
import { htmlStyle } from '../../../src/report/html-style.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const texts: [keyof Palette, keyof Palette][] = [
  ['text', 'ground'],
  ['text', 'raised'],
  ['quiet', 'ground'],
  ['quiet', 'raised'],
  ['challenger', 'ground'],
  ['champion', 'ground'],
  ...OUTCOMES.flatMap((outcome): [keyof Palette, keyof Palette][] => [
    [outcome, 'ground'],
    [outcome, `${outcome}-ground`],
    [outcome, 'raised'],
    ['text', `${outcome}-ground`],
  ]),
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('%s', (_, palette) => {
  it.each(texts)('%s on %s has a contrast of at least 4.5', (front, back) => {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the style sheet', () => {
  it('knows the contrast of black on white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });

  it('defines every colour that it uses', () => {
    const style = htmlStyle();
    const used = [...style.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name ?? '');
    expect([...new Set(used)].filter((name) => !(name in LIGHT))).toEqual([]);
    expect(style).toContain('prefers-color-scheme:dark');
    expect(style).toContain('@media print');
  });
});
