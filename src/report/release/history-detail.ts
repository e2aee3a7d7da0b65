import type { Ending, HistoryRow } from '../../ledger/history.ts';

/** How a page writes what differs between a terminal and a comment. */
export interface DetailWords {
  /** Another entry, by its number. */
  entry(seq: number): string;
  /** Known good, since a time. */
  healthy(at: string): string;
}

/** How a row of the history ended, and why it was done; empty where there is nothing to say. */
export function historyDetail(row: HistoryRow, words: DetailWords): string {
  const reason = row.reason === undefined ? [] : [`“${row.reason}”`];
  if (row.kind !== 'operation') return reason.join('');
  const { ending, trouble, unproved, acceptedHold, approvedBy = [] } = row;
  const parts = [
    endingText(ending, words),
    ...(trouble === undefined ? [] : [`trouble: ${trouble}`]),
    ...(unproved === true ? ['unproved'] : []),
    ...(acceptedHold === true ? ['over a hold'] : []),
    ...(approvedBy.length === 0 ? [] : [`approved by ${approvedBy.join(', ')}`]),
    ...reason,
  ];
  return parts.join(' · ');
}

function endingText(ending: Ending, { entry, healthy }: DetailWords): string {
  switch (ending.kind) {
    case 'serves':
      return ending.healthyAt === undefined
        ? 'serves, not proved yet'
        : `serves, ${healthy(ending.healthyAt)}`;
    case 'replaced':
      return `${proved(ending)}replaced by ${entry(ending.by)}`;
    case 'handed-over':
      return `${proved(ending)}handed over by ${entry(ending.by)}`;
    case 'rolled-back': {
      const why = ending.reason === undefined ? '' : ` (“${ending.reason}”)`;
      return `${proved(ending)}rolled back by ${entry(ending.by)}${why}`;
    }
    case 'not-moved':
      return `moved nothing: ${ending.why}`;
    case 'taken-over':
      return `taken over by ${entry(ending.by)}`;
    case 'open':
      return 'under way, or cut off';
    case 'repaired':
      return 'pointed the tag back';
    default:
      return ending satisfies never;
  }
}

function proved({ healthyAt }: { healthyAt?: string }): string {
  return healthyAt === undefined ? 'never proved, ' : 'was healthy, ';
}
