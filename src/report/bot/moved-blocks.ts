import { nameConfig } from '../../core/config-origin.ts';
import { shortDigest } from '../../core/release.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { code, type Block, type Inline } from '../document.ts';
import { fact } from './fact.ts';
import { movedTable, type Side } from './moved-table.ts';
import type { PromotionOutlook } from './outlook-blocks.ts';
import { planFacts } from './plan-facts.ts';
import type { ReplyContext } from './reply-context.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import { timeFact } from './time-fact.ts';

/** What moved, how it was proved and how long it took; of what was refused, what it would have been. */
export function movedBlocks(
  result: LaneResult,
  context: ReplyContext,
  outlook: PromotionOutlook | undefined,
): Block[] {
  const items = [
    ...imageFact(result),
    ...(result.plan === undefined ? [] : planFacts(result.plan)),
    ...proofFact(result),
    ...leftFact(result),
    ...timeFact(result, context),
    ...deciderFact(result),
  ];
  return [
    ...table(result, context, outlook),
    ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]),
  ];
}

function table(result: LaneResult, { before }: ReplyContext, outlook: PromotionOutlook | undefined): Block[] {
  const { outcome, lane, from, fromVersion, release, automatic } = result;
  if (automatic?.restored !== undefined) {
    const sides = { left: automatic.failed, right: automatic.restored };
    return [movedTable(lane, { ...sides, headings: ['failed', 'serves now'] })];
  }
  if (outcome === 'nothing') return [];
  if (from === undefined || release === undefined) {
    if (outlook === undefined) return [];
    const sides = { left: outlook.live ?? 'absent', right: outlook.release } as const;
    return [movedTable(lane, { ...sides, headings: ['serves now', 'was wanted'] })];
  }
  const known = before?.digest === from ? before : undefined;
  const left: Side = from === 'absent' ? 'absent' : (known ?? { digest: from, version: fromVersion });
  return [movedTable(lane, { left, right: release, headings: headingsOf(result) })];
}

function headingsOf({ outcome, command }: LaneResult): readonly [string, string] {
  if (outcome === 'planned') return ['serves now', 'would serve'];
  if (outcome === 'not-moved') return ['serves on', 'was wanted'];
  if (command === 'adopt') return ['tag before', 'adopted'];
  return outcome === 'done' ? ['before', 'serves now'] : ['before', 'tag now'];
}

function imageFact({ outcome, release }: LaneResult): (readonly Inline[])[] {
  if (release === undefined || outcome === 'refused') return [];
  return [fact('Image', code(`${release.image}@${release.digest}`))];
}

function proofFact({ look, message, outcome }: LaneResult): (readonly Inline[])[] {
  if (look === undefined) return [];
  const isSaid = message.includes(look.message) && outcome !== 'done';
  return [fact('Proof', `${PROOFS[look.outcome]}. `, ...(isSaid ? [] : sentenceInlines(look.message)))];
}

const PROOFS = {
  healthy: 'healthy after its whole soak',
  good: 'serves as expected',
  failed: 'the last look failed',
  inconclusive: 'the last look told nothing',
  unproved: 'nothing proves it',
} as const;

function leftFact({ leaves, lane }: LaneResult): (readonly Inline[])[] {
  if (leaves === undefined) return [];
  const { digest, version } = leaves;
  const release = `${lane.model}@${version ?? shortDigest(digest)}`;
  return [
    fact(
      'Quarantined',
      ...(version === undefined ? [] : [`${version} `]),
      code(shortDigest(digest)),
      ', promoted nowhere until ',
      code(`/release ${release} --reason "…"`),
    ),
  ];
}

function deciderFact({ decidedBy, outcome }: LaneResult): (readonly Inline[])[] {
  if (decidedBy === undefined || outcome === 'refused' || outcome === 'waiting') return [];
  const by = decidedBy.kind === 'ledger' ? 'the policy that the ledger holds' : nameConfig(decidedBy);
  return [fact('Decided by', by)];
}
