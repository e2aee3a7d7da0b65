import type { CheckResult } from '../../core/check.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { EvidenceKind } from '../../core/policy.ts';
import { shortDigest, type EvidenceRef, type Release } from '../../core/release.ts';
import type { Verdict } from '../../core/verdict.ts';
import { checkTable, EVERY_LOOK, ONE_LOOK } from '../check-table.ts';
import { badge, code, link, paragraph, text, type Block, type Inline } from '../document.ts';
import { formatMoment } from '../release/format-time.ts';
import { fact } from './fact.ts';

const COMMIT = /^[0-9a-f]{40}$/;
/** Rows of measurements that a plan shows: it is read in seconds. */
const MOST_ROWS = 8;

/** What a promotion brings, beside what serves now. */
export interface PromotionOutlook {
  lane: Lane;
  /** What would come. */
  release: Release;
  /** What serves, by the ledger; absent where it knows of nothing. */
  live: Release | undefined;
  /** The verdicts that count here, by kind; `verdict` absent where its document could not be read. */
  evidence: readonly { kind: EvidenceKind; ref?: EvidenceRef; verdict?: Verdict }[];
}

/** What differs from the live model: commits, verdicts, and the measurements that the verdicts hold. */
export function outlookBlocks(
  outlook: PromotionOutlook,
  { isFolded, repository }: { isFolded: boolean; repository?: string | undefined },
): Block[] {
  const { live, release, evidence } = outlook;
  const items = [...commitFact(outlook, repository), ...evidence.map(evidenceFact)];
  const blocks: Block[] = [
    ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]),
    ...evidence.flatMap((each) => figureBlocks(each, outlook)),
  ];
  if (blocks.length === 0) return [];
  const title = `What is new in ${release.version}${live === undefined ? '' : `, beside ${live.version}`}`;
  if (isFolded) return [{ kind: 'details', summary: title, blocks }];
  return [{ kind: 'heading', level: 2, inlines: [text(title)] }, ...blocks];
}

function commitFact(
  { live, release }: PromotionOutlook,
  repository: string | undefined,
): (readonly Inline[])[] {
  const [from, to] = [live?.sha, release.sha];
  if (to === undefined) return [fact('Commit', 'not on record.')];
  if (from === to) return [fact('Commit', code(to.slice(0, 7)), ', the same as before.')];
  if (from === undefined) return [fact('Commit', code(to.slice(0, 7)))];
  const range = `${from.slice(0, 7)}…${to.slice(0, 7)}`;
  const compare =
    repository === undefined || !COMMIT.test(from) || !COMMIT.test(to)
      ? []
      : [text(' ('), link('compare', `${repository}/compare/${from}...${to}`), text(')')];
  return [fact('Commits', code(range), ...compare)];
}

function evidenceFact({ kind, ref }: PromotionOutlook['evidence'][number]): readonly Inline[] {
  const name = kind === 'gate' ? 'Gate' : 'Shadow';
  if (ref === undefined) return fact(name, 'asked for, and there is no verdict.');
  const { outcome, createdAt, environment, reason, digest, run } = ref;
  return fact(
    name,
    badge(outcome),
    `${environment === undefined ? '' : ` for ${environment}`}, ${formatMoment(createdAt)} UTC, `,
    code(shortDigest(digest)),
    ...(run === undefined ? [] : [text(', '), link('its run', run)]),
    ...(reason === undefined ? [] : [text(`: ${reason}`)]),
  );
}

function figureBlocks(
  { kind, verdict }: PromotionOutlook['evidence'][number],
  { live, lane }: PromotionOutlook,
): Block[] {
  if (verdict === undefined) return [];
  const rows = headlineChecks(verdict).slice(0, MOST_ROWS);
  if (rows.length === 0) return [];
  const caption = `The ${kind} of ${formatLane(lane)}`;
  const interval = kind === 'shadow' ? EVERY_LOOK : ONE_LOOK;
  return [...otherChampion(verdict, live), checkTable(rows, caption, interval)];
}

/** The measurements against the champion; where nothing was compared, those against limits. */
function headlineChecks({ checks }: Verdict): CheckResult[] {
  const measured = checks.filter(
    ({ metric, measured: value }) => metric !== undefined && typeof value === 'number',
  );
  const compared = measured.filter(({ check, baseline }) => check === 'champion' && baseline !== undefined);
  return compared.length > 0
    ? compared
    : measured.filter(({ check, role }) => check === 'metrics' && role === 'gate');
}

/** A comparison with something else than what serves says little about this promotion. */
function otherChampion({ champion, shadow }: Verdict, live: Release | undefined): Block[] {
  if (live === undefined) return [];
  const name = live.version;
  if (shadow !== undefined) {
    const { digest } = shadow.champion;
    if (digest === undefined || digest === live.digest) return [];
    return [paragraph('Its champion was ', code(shortDigest(digest)), `, not ${name}, which serves now.`)];
  }
  if (champion === undefined || live.artifact === undefined || champion.digest === live.artifact) return [];
  return [
    paragraph(
      'Its champion was the artifact ',
      code(shortDigest(champion.digest)),
      `, not that of ${name}, which serves now.`,
    ),
  ];
}
