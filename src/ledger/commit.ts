import type { LedgerCommit, Head } from '../core/ledger-store.ts';
import type { Lane } from '../core/lane.ts';
import { formatLane } from '../core/lane.ts';
import { digestOf } from '../core/digest.ts';
import { writeDocument, writeQuarantine } from './document.ts';
import { knownEntrySchema, type Actor, type EntryDraft, type KnownEntry } from './entry.ts';
import { KnownGoodError } from '../core/errors.ts';
import { applyEntry } from './fold.ts';
import { entryPath, quarantinePath, statePath } from './paths.ts';
import { mergeQuarantine } from './quarantine.ts';
import type { LaneState, Left } from './state.ts';

/** A lane as it was read: head, state and quarantine of one commit. */
export interface LaneView {
  lane: Lane;
  head: Head | undefined;
  state: LaneState;
  quarantine: readonly Left[];
}

/** Entries that are to be written, and who writes them. */
export interface Append {
  drafts: readonly EntryDraft[];
  actor: Actor;
  run?: string | undefined;
  /** The time by the clock, ISO; an entry is never dated before the one before it. */
  now: string;
  /** Files beside the lane's own: release records, evidence. */
  files?: Readonly<Record<string, string>> | undefined;
}

/**
 * One commit for some entries on top of a view: the entries, chained to the bytes before them; the new state; the quarantine
 * where it changes. Pure.
 */
export function composeCommit(
  view: LaneView,
  append: Append,
): { commit: LedgerCommit; after: Omit<LaneView, 'head'> } {
  const { lane } = view;
  const files: Record<string, string> = { ...append.files };
  let state = view.state;
  for (const draft of append.drafts) {
    const entry = placed(draft, state, append);
    const text = writeDocument(entry);
    files[entryPath(lane, entry.seq, entry.kind)] = text;
    state = applyEntry(state, { entry, digest: digestOf(text) });
  }
  const quarantine = mergeQuarantine(view.quarantine, state);
  files[statePath(lane)] = writeDocument(state);
  if (writeDocument(quarantine) !== writeDocument(view.quarantine)) {
    files[quarantinePath(lane.model)] = writeQuarantine(lane.model, quarantine);
  }
  const message = `${formatLane(lane)}: ${append.drafts.map((draft) => draft.kind).join(', ')}`;
  return { commit: { parent: view.head, files, message }, after: { lane, state, quarantine } };
}

function placed(draft: EntryDraft, state: LaneState, { actor, run, now }: Append): KnownEntry {
  const at = state.at !== undefined && state.at > now ? state.at : now;
  const { model, environment, last: previous, seq } = state;
  const entry = {
    ...draft,
    schema: 1,
    seq: seq + 1,
    model,
    environment,
    previous,
    at,
    actor,
    ...(run === undefined ? {} : { run }),
  };
  const parsed = knownEntrySchema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = `${draft.kind}.${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new KnownGoodError('internal', `An entry that could not be read again was not written (${where}).`);
}
