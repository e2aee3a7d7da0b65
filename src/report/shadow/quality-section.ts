import { formatCount } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';
import { checkTable, EVERY_LOOK } from '../check-table.ts';
import type { Block } from '../document.ts';
import { curvesSection } from '../sections/curves.ts';
import { findings, resultsOf, tally } from '../sections/section.ts';
import type { ShadowFigures } from './shadow-figures.ts';

/** Every metric of both models on the matured labels, and their calibration; nothing where nothing is labelled. */
export function qualitySection(verdict: Verdict, { calibration }: ShadowFigures): Block | undefined {
  const results = resultsOf(verdict, ['champion', 'metrics']);
  const curves = calibration === undefined ? undefined : curvesSection(withNames(verdict), { calibration });
  if (results.length === 0 && curves === undefined) return undefined;
  const labels = verdict.shadow?.labels.matured ?? 0;
  return {
    kind: 'details',
    summary: `Quality on ${formatCount(labels)} matured labels${results.length === 0 ? '' : `: ${tally(results)}`}`,
    blocks: [
      ...(results.length === 0
        ? []
        : [checkTable(results, 'Quality on matured labels', EVERY_LOOK), ...findings(results)]),
      ...(curves?.kind === 'details' ? curves.blocks : []),
    ],
  };
}

/** The charts of a gate name the artifacts; those of a shadow the releases, as far as they have names. */
function withNames(verdict: Verdict): Verdict {
  const { shadow, champion, version } = verdict;
  if (shadow === undefined) return verdict;
  const named = (side: 'champion' | 'challenger'): { version?: string } =>
    shadow[side].name === side ? {} : { version: shadow[side].name };
  return {
    ...verdict,
    ...(version === undefined ? named('challenger') : { version }),
    champion: { path: '', digest: '', ...champion, ...named('champion') },
  };
}
