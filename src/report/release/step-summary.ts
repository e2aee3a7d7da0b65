import { formatDuration } from '../../core/duration.ts';
import { formatLane } from '../../core/lane.ts';
import type { Outcome } from '../../core/outcome.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { code, paragraph, text, type Block, type Document, type Inline } from '../document.ts';
import { OUTCOME_SYMBOLS } from '../outcome-symbol.ts';

type Result = LaneResult | ChangeResult;

/** What an outcome amounts to, for the symbol and for whoever looks at the colour of a report alone. */
const AMOUNTS: Readonly<Record<Result['outcome'], Outcome>> = {
  done: 'pass',
  nothing: 'pass',
  planned: 'hold',
  waiting: 'hold',
  refused: 'fail',
  failed: 'fail',
  'not-moved': 'fail',
  'moved-not-proved': 'error',
};

/** Most releases that are named as passed over: a summary is read at a glance, the log has all. */
const MOST_OTHERS = 10;

/** The result of a command on a lane for a job summary: what moved, how it is proved, what is missing, how to undo it. */
export function laneSummary(result: LaneResult): Document {
  const { lane, command, message, passedOver = [], reasons = [], undo, outcome } = result;
  const others = passedOver.flatMap(({ rejected }) =>
    rejected === undefined || rejected.rule === 'being-left' ? [] : [[text(rejected.message)]],
  );
  const wayBack = outcome === 'failed' || outcome === 'moved-not-proved' ? 'The way back:' : 'To undo it:';
  return document(result, `${command} ${formatLane(lane)}`, [
    ...(reasons.length > 0 && outcome !== 'failed' ? [] : [paragraph(message)]),
    ...reasonBlocks(reasons),
    ...table(laneRows(result)),
    ...(others.length === 0
      ? []
      : [
          paragraph('Passed over, newest first:'),
          { kind: 'list', items: others.slice(0, MOST_OTHERS) } as const,
        ]),
    ...commandBlock(wayBack, undo),
    ...headBlock(result),
  ]);
}

/** The same for a command that moves no tag. */
export function changeSummary(result: ChangeResult): Document {
  const { command, message, notes = [], reasons = [], release, packaged, next } = result;
  const items = notes.map((note) => [text(note)]);
  return document(
    result,
    release === undefined ? command : `${command} ${release.model} ${release.version}`,
    [
      ...(reasons.length > 0 && packaged === undefined ? [] : [paragraph(message)]),
      ...reasonBlocks(reasons),
      ...table([
        ...(packaged === undefined ? [] : [['image', code(`${packaged.image}:${packaged.tag}`)] as const]),
        ['digest', code(release?.digest ?? packaged?.digest ?? '')],
        ['artifact', code(release?.artifact ?? packaged?.artifact ?? '')],
        ['commit', code(release?.sha ?? '')],
      ]),
      ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]),
      ...commandBlock('Next:', next),
      ...headBlock(result),
    ],
  );
}

function document({ outcome }: Result, what: string, blocks: readonly Block[]): Document {
  const amount = AMOUNTS[outcome];
  const title = `${OUTCOME_SYMBOLS[amount]} ${what}: ${outcome.replaceAll('-', ' ')}`;
  return {
    title,
    outcome: amount,
    blocks: [{ kind: 'heading', level: 1, inlines: [text(title)] }, ...blocks],
  };
}

function reasonBlocks(reasons: readonly { message: string; settle?: string | undefined }[]): Block[] {
  if (reasons.length === 0) return [];
  const items = reasons.map(({ message, settle }): Inline[] => {
    const commands = settle === undefined ? [] : settle.split(/ {2,}or {2,}/);
    const settled = commands.flatMap((each, i) => [text(i === 0 ? ' ' : ' or '), code(`known-good ${each}`)]);
    return [text(message), ...settled];
  });
  return [{ kind: 'list', items }];
}

type Row = readonly [string, Inline];

function laneRows(result: LaneResult): Row[] {
  const { from, fromVersion, release, look, leaves, movedMs, healthyMs, automatic, outcome } = result;
  if (outcome === 'nothing') return [];
  const rows: Row[] = [];
  if (automatic !== undefined) {
    const { failed, restored } = automatic;
    const back = restored === undefined ? 'nothing: what failed may still serve' : nameRelease(restored);
    rows.push(['failed', text(nameRelease(failed))], ['restored', text(back)]);
  } else {
    const before =
      fromVersion === undefined ? shortDigest(from ?? '') : `${fromVersion} (${shortDigest(from ?? '')})`;
    if (from !== undefined)
      rows.push(['from', text(from === 'absent' ? 'nothing: there was no tag' : before)]);
    if (release !== undefined) rows.push(['to', text(nameRelease(release))]);
  }
  if (release !== undefined) rows.push(['digest', code(release.digest)], ['commit', code(release.sha ?? '')]);
  if (look !== undefined) rows.push(['look', text(`${look.outcome}: ${look.message}`)]);
  if (leaves !== undefined) rows.push(['quarantined', text(leaves.version ?? shortDigest(leaves.digest))]);
  if (movedMs !== undefined) rows.push(['tag read back after', text(formatDuration(movedMs))]);
  if (healthyMs !== undefined) rows.push(['healthy after', text(formatDuration(healthyMs))]);
  return rows;
}

/** Rows with something in them, as a table of two columns. */
function table(rows: readonly Row[]): Block[] {
  const filled = rows.filter(([, inline]) => inline.kind !== 'code' || inline.text !== '');
  if (filled.length === 0) return [];
  const columns = ['', ''].map((heading) => ({ heading, align: 'left' }) as const);
  return [
    {
      kind: 'table',
      caption: 'What moved',
      columns,
      rows: filled.map(([label, inline]) => [[text(label)], [inline]]),
    },
  ];
}

function commandBlock(label: string, command: string | undefined): Block[] {
  return command === undefined ? [] : [paragraph(`${label} `, code(`known-good ${command}`))];
}

function headBlock({ head }: Result): Block[] {
  return head === undefined ? [] : [paragraph('Ledger: ', code(head))];
}
