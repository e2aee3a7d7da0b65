import type { Verdict } from '../../src/core/verdict.ts';
import { shadowReport } from '../../src/report/shadow/shadow-report.ts';
import { toMarkdown } from '../../src/report/to-markdown.ts';
import { SHADOW_SAMPLES, type ShadowSample } from './sample-shadow-verdicts.ts';

/** A sample by its name without `shadow-`. */
export const sample = (name: string): ShadowSample => {
  const found = SHADOW_SAMPLES[`shadow-${name}`];
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
};

/** Its whole report. */
export const markdownOf = ({ verdict, figures }: ShadowSample): string =>
  toMarkdown(shadowReport(verdict, figures));

/** What a reader sees without unfolding anything. */
export const firstScreen = (name: string): string => markdownOf(sample(name)).split('<details>')[0] ?? '';

/** One folded part by the beginning of its summary; empty where there is none. */
export const folded = (markdown: string, summary: string): string =>
  markdown.split('<details>').find((part) => part.startsWith(`\n<summary>${summary}`)) ?? '';

/** The verdict of a sample with other facts of its shadow. */
export const withShadow = (name: string, changes: Partial<NonNullable<Verdict['shadow']>>): Verdict => {
  const { verdict } = sample(name);
  if (verdict.shadow === undefined) throw new Error(`${name} has no shadow`);
  return { ...verdict, shadow: { ...verdict.shadow, ...changes } };
};
