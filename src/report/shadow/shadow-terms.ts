import { formatCount } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';
import { strong, text, type Inline } from '../document.ts';
import type { ShadowFigures } from './shadow-figures.ts';

/** How to read what only a shadow report shows: looks, maturity, drift, releases. */
export function shadowTerms({ shadow }: Verdict, { drift }: ShadowFigures): Inline[][] {
  const planned = shadow === undefined ? '' : ` (here ${formatCount(shadow.planned.labels)})`;
  return [
    term(
      'Every look.',
      `The report may be made as often as you like, and read at any time. Each bound that the shadow gives is made so that the chance of it ever being wrong, over all looks together, is at most 5 %; looking again, or stopping early, costs nothing. The price is a wider interval than a single look would have, least so at the planned number of labels${planned}, which is fixed before the first look.`,
    ),
    term(
      'Matured.',
      'A label decides once its request is so old that nearly all labels of that time are known. Labels that come early are no fair sample, as they often are those of the quick cases.',
    ),
    term(
      'The same requests.',
      'Both models are compared on requests that both answered. What one of them did not answer is counted as coverage or as an error, never left out silently.',
    ),
    ...(drift === undefined
      ? []
      : [
          term(
            'Drift.',
            'PSI over ten bins of the reference: above 0.1 worth a look, above 0.25 an alert, if it is also above its noise floor, below which it stays in 99 of 100 windows without any drift. D is the Kolmogorov–Smirnov distance, V is Cramér’s V; p is adjusted for many features (Benjamini–Hochberg). With many rows p is small for shifts that do not matter: effects judge, p only guards.',
          ),
        ]),
  ];
}

function term(name: string, sentence: string): Inline[] {
  return [strong(name), text(` ${sentence}`)];
}
