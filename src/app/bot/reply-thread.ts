import { messageChain } from '../../core/errors.ts';
import type { Comments } from '../../core/forge.ts';
import type { Timer } from '../../core/ports.ts';
import { within } from './within.ts';

/** Between two changes of the reply, at least. */
const PACE_MS = 2000;
/** The last change is waited for so long: then the job summary has to do. */
const PATIENCE_MS = 30_000;

/** Where a reply goes, and what it needs. */
export interface ReplyPlace {
  comments: Pick<Comments, 'create' | 'update' | 'findOwn'>;
  timer: Timer;
  log(sentence: string): void;
  /** Number of the issue or pull request. */
  thread: number;
  /** Its hidden first line. */
  marker: string;
  /** Time of the comment that is answered, ISO, by the forge's clock: its reply is no older. */
  since: string;
  /** It may be there already: it is looked for before one is made. */
  mayExist: boolean;
}

/**
 * The one reply to a comment: created once, changed in place. What comes while a request runs, or too soon after one, replaces what waits.
 * Nothing here rejects or is waited for, but the last text, for a while.
 */
export class ReplyThread {
  readonly #place: ReplyPlace;
  #id: string | undefined;
  #wanted: string | undefined;
  #written: string | undefined;
  #running: Promise<void> | undefined;
  #hurry: () => void = () => undefined;
  #isLast = false;

  constructor(place: ReplyPlace) {
    this.#place = place;
  }

  /** Shows a text as soon as may be. */
  show(text: string): void {
    if (this.#isLast) return;
    this.#wanted = text;
    this.#start();
  }

  /** Shows the last text; `false` where it could not be shown in time. */
  async finish(text: string): Promise<boolean> {
    this.#isLast = true;
    this.#wanted = text;
    this.#hurry();
    // What runs may be writing an older text: it ends first, and then the last one is written.
    const all = (this.#running ?? Promise.resolve()).then(() => this.#start());
    await within(all, PATIENCE_MS, this.#place.timer);
    return this.#written === text;
  }

  /** Whether a reply of an earlier run is there. */
  async exists(): Promise<boolean> {
    await this.#find();
    return this.#id !== undefined;
  }

  #start(): Promise<void> {
    this.#running ??= this.#pump().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #pump(): Promise<void> {
    while (this.#wanted !== undefined && this.#wanted !== this.#written) {
      const text = this.#wanted;
      const done = await this.#write(text);
      if (done) this.#written = text;
      if (this.#isLast && (!done || this.#wanted === text)) return;
      if (!done) this.#wanted = this.#wanted === text ? undefined : this.#wanted;
      const hurried = new Promise<void>((hurry) => (this.#hurry = hurry));
      if (!this.#isLast) await Promise.race([this.#place.timer.sleep(PACE_MS), hurried]);
    }
  }

  async #write(text: string): Promise<boolean> {
    const { comments, thread, since, log } = this.#place;
    try {
      if (this.#id === undefined && this.#place.mayExist) await this.#find();
      const id = this.#id;
      if (id !== undefined && (await comments.update(id, text)) === 'changed') return true;
      // There is none, or somebody deleted it meanwhile.
      this.#id = undefined;
      this.#id = (await comments.create(thread, text, since)).id;
      return true;
    } catch (error) {
      log(`The reply could not be written: ${messageChain(error).join(': ')}`);
      return false;
    }
  }

  async #find(): Promise<void> {
    const { comments, thread, marker, since } = this.#place;
    this.#id ??= (await comments.findOwn(thread, marker, since))?.id;
  }
}
