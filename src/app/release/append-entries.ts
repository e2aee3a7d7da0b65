import { KnownGoodError } from '../../core/errors.ts';
import { composeCommit, type Append, type LaneView } from '../../ledger/commit.ts';
import { readEntry, writeDocument } from '../../ledger/document.ts';
import type { EntryDraft } from '../../ledger/entry.ts';
import { entryPath } from '../../ledger/paths.ts';
import { loadView } from './load-lane.ts';
import { loadSince } from './load-since.ts';
import type { ReleasePorts } from './release-ports.ts';

/** Other lanes may win this often in a row before an append gives up. */
const MOST_RACES = 50;
/** So often an entry is looked for by reads that are not of the state's commit. */
const MOST_LOOKS = 5;
/** So often an append may reject without a trace of it in the ledger. */
const MOST_REJECTIONS = 3;

/** `changed`: somebody else wrote to the lane first; nothing of ours is there, and what was planned must be planned again. */
export type AppendResult = { kind: 'appended'; view: LaneView } | { kind: 'changed'; view: LaneView };

interface Written {
  drafts: readonly EntryDraft[];
  files?: Append['files'];
  exact?: boolean;
}

/**
 * Appends entries on top of exactly the state that was read. A commit of another lane in between is passed over; after a lost
 * reply the ledger is asked whether the entries are there. `exact`: what is written rests on other lanes too, so that any commit in between is a change. Rejects when that cannot be told.
 */
export async function appendEntries(
  ports: ReleasePorts,
  view: LaneView,
  { drafts, files, exact = false }: Written,
): Promise<AppendResult> {
  const { actor, run, ledger } = ports;
  const append = { drafts, actor, run, files, now: ports.timer.now().toISOString() };
  let from = view;
  let rejections = 0;
  for (let race = 0; race < MOST_RACES; race++) {
    const { commit, after } = composeCommit(from, append);
    const written = await ledger.append(commit).catch((error: unknown) => {
      if (++rejections === MOST_REJECTIONS) throw error;
      return { kind: 'unknown' } as const;
    });
    if (written.kind === 'appended') return { kind: 'appended', view: { ...after, head: written.head } };
    // A lane that carries on from another has a number ahead of its own entries.
    const now = exact ? await loadView(ledger, view.lane) : await loadSince(ports, view);
    if (await isThere(ports, now, { view, drafts })) return { kind: 'appended', view: now };
    if (!sameLane(view, now) || (exact && now.head !== view.head)) return { kind: 'changed', view: now };
    from = exact ? view : now;
  }
  const message = `The ledger could not be written: ${MOST_RACES} times in a row somebody else was faster. Try again.`;
  throw new KnownGoodError('unavailable', message);
}

/** Whether the first of our entries is in the ledger: by its place and its random id. */
async function isThere(
  { ledger }: ReleasePorts,
  now: LaneView,
  { view, drafts }: { view: LaneView; drafts: readonly EntryDraft[] },
): Promise<boolean> {
  const [first] = drafts;
  const seq = view.state.seq + 1;
  if (first === undefined || now.state.seq < seq) return false;
  const path = entryPath(view.lane, seq, first.kind);
  for (let look = 0; look < MOST_LOOKS; look++) {
    const { head, files } = await ledger.read([path]);
    const text = files[path];
    if (text !== undefined) return readEntry(text, path).entry.id === first.id;
    // A read may lag behind the one that showed the state: then it says nothing.
    if (head === now.head) return false;
  }
  return false;
}

function sameLane(before: LaneView, now: LaneView): boolean {
  return (
    before.state.last === now.state.last && writeDocument(before.quarantine) === writeDocument(now.quarantine)
  );
}
