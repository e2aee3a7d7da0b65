import type { CommentReader, ForgeComment } from '../../core/forge.ts';
import { KnownGoodError, messageChain } from '../../core/errors.ts';
import type { Timer } from '../../core/ports.ts';
import { Refused } from './refused.ts';
import { within } from './within.ts';

/** So long a rollback waits for the comment, where it waits for it at all. */
const PATIENCE_MS = 3000;

type Look =
  | { kind: 'same' }
  | { kind: 'gone'; why: string }
  | { kind: 'edited'; why: string }
  | { kind: 'unread'; error: unknown };

/** The comment that asks, read again since it was parsed. The reading begins at once. */
export class FreshComment {
  readonly #look: Promise<Look>;
  #seen: Look | undefined;

  constructor(reader: CommentReader, comment: ForgeComment) {
    this.#look = reader.read(comment.id).then(
      (now) => (this.#seen = compare(comment, now)),
      (error: unknown) => (this.#seen = { kind: 'unread', error }),
    );
  }

  /** Rejects with `Refused` where the comment is gone or was edited, and with an error where nobody can tell. */
  async mustBeSame(): Promise<void> {
    const look = await this.#look;
    if (look.kind === 'gone' || look.kind === 'edited') throw notDone(look.why);
    if (look.kind !== 'unread') return;
    const message = `Whether the comment still says so could not be read, and nothing is done on a comment that may be gone: ${messageChain(look.error)[0] ?? ''}`;
    throw new KnownGoodError('unavailable', message, { cause: look.error });
  }

  /**
   * Rejects with `Refused` where the comment is gone or was edited, for a rollback that somebody else than its author started again: the
   * author may have thought better of it. An answer that does not come in a while, or is none, stops nothing.
   */
  async mustNotBeGone(timer: Timer): Promise<void> {
    const waited = await within(this.#look, PATIENCE_MS, timer);
    if (waited.kind !== 'done') return;
    const look = waited.value;
    if (look.kind === 'gone' || look.kind === 'edited') throw notDone(look.why);
  }

  /**
   * Rejects with `Refused` where it is known by now that the comment was edited. Nothing is waited for, and an answer that did not come stops
   * nothing; nor does a comment that is gone, which is what GitHub says too where a token may not read it.
   */
  mustNotBeSeenEdited(): void {
    if (this.#seen?.kind === 'edited') throw notDone(this.#seen.why);
  }
}

function notDone(why: string): Refused {
  return new Refused(why, { words: 'NOT DONE', rest: 'the comment is not what it was; nothing was changed' });
}

function compare(then: ForgeComment, now: ForgeComment | undefined): Look {
  if (now === undefined) {
    return {
      kind: 'gone',
      why: 'The comment is gone by now, so nothing was done. Write it again if it was meant.',
    };
  }
  if (now.author.login.toLowerCase() !== then.author.login.toLowerCase()) {
    return {
      kind: 'edited',
      why: 'The comment is by somebody else than the event says, so nothing was done.',
    };
  }
  if (now.body === then.body) return { kind: 'same' };
  const why = `The comment was edited at ${now.updatedAt}, after it was read, so nothing was done. An edited comment is no command: write a new one.`;
  return { kind: 'edited', why };
}
