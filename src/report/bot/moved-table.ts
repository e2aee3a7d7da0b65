import type { Digest } from '../../core/digest.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import { shortDigest, type Release } from '../../core/release.ts';
import { code, NO_CELL, text, type Block, type Inline } from '../document.ts';

/** One side of a move: a release, or what is known of it; `absent` = there was no tag. */
export type Side = Release | { digest: Digest; version?: string | undefined } | 'absent';

/** What was there and what comes, beside each other: version, digest, commit. `headings` name both columns. */
export function movedTable(
  lane: Lane,
  { left, right, headings }: { left: Side; right: Side; headings: readonly [string, string] },
): Block {
  const sides = [left, right];
  const row = (name: string, cell: (side: Side) => Inline) => [
    [text(name)],
    ...sides.map((side) => [cell(side)]),
  ];
  return {
    kind: 'table',
    caption: `What moved in ${formatLane(lane)}`,
    columns: [formatLane(lane), ...headings].map((heading) => ({ heading, align: 'left' })),
    rows: [row('version', versionCell), row('digest', digestCell), row('commit', commitCell)],
  };
}

function versionCell(side: Side): Inline {
  return side === 'absent' ? text('no tag') : text(side.version ?? 'not registered');
}

function digestCell(side: Side): Inline {
  return side === 'absent' ? text(NO_CELL) : code(shortDigest(side.digest));
}

function commitCell(side: Side): Inline {
  const sha = side !== 'absent' && 'sha' in side ? side.sha : undefined;
  return sha === undefined ? text(NO_CELL) : code(sha.slice(0, 12));
}
