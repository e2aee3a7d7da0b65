import { messageChain } from '../../core/errors.ts';
import type { BotEvent } from '../../commands/event.ts';
import type { Reaction } from '../../core/forge.ts';
import type { Block } from '../../report/document.ts';
import { plainReply } from '../../report/bot/plain-reply.ts';
import { progressReply } from '../../report/bot/progress-reply.ts';
import { renderReply, replyMarker } from '../../report/bot/render-reply.ts';
import type { ReplyContext } from '../../report/bot/reply-context.ts';
import { markerLine } from '../../report/to-markdown.ts';
import { markOf } from '../../ledger/state.ts';
import { LaneTrail } from '../release/lane-trail.ts';
import { loadView } from '../release/load-lane.ts';
import type { Progress } from '../release/release-ports.ts';
import type { BotPorts, BotSettings } from './bot-ports.ts';
import type { Followed } from './bot-task.ts';
import { ReplyThread } from './reply-thread.ts';
import { within } from './within.ts';

/** Reactions and the like are waited for so long at the end; until then nothing waits for them. */
const PATIENCE_MS = 15_000;

/** Where one event is answered: its reactions, the steps of its command, its reply. */
export class Desk {
  readonly #ports: BotPorts;
  readonly #event: BotEvent;
  readonly #reply: ReplyThread | undefined;
  readonly #context: () => ReplyContext;
  readonly #running: Promise<unknown>[] = [];
  readonly #steps: string[] = [];
  #followed: Followed | undefined;
  #trail: LaneTrail | undefined;

  constructor({
    ports,
    event,
    settings,
    context,
  }: {
    ports: BotPorts;
    event: BotEvent;
    settings: BotSettings;
    context(): ReplyContext;
  }) {
    this.#ports = ports;
    this.#event = event;
    this.#context = context;
    if (event.kind !== 'comment') return;
    const { comments, log, release } = ports;
    const marker = markerLine(replyMarker(event.comment.id));
    // A rollback waits for nothing; whatever else asks twice is answered in the same place.
    const mayExist = settings.attempt > 1 || !/^\/rollback\b/i.test(event.comment.body);
    this.#reply = new ReplyThread({
      comments,
      timer: release.timer,
      log,
      thread: event.thread.number,
      marker,
      since: event.comment.createdAt,
      mayExist,
    });
  }

  /** Reacts to the comment, without waiting. */
  react(reaction: Reaction): void {
    const event = this.#event;
    if (event.kind !== 'comment') return;
    this.inBackground(`The reaction ${reaction}`, this.#ports.comments.react(event.comment.id, reaction));
  }

  /** Work that may fail, and that nobody waits for but the end. */
  inBackground(what: string, work: Promise<unknown>): void {
    this.#running.push(
      work.catch((error: unknown) => this.#ports.log(`${what} failed: ${messageChain(error).join(': ')}`)),
    );
  }

  /** From here on, steps of this command are shown. */
  follow(followed: Followed): void {
    this.#followed = followed;
    const trail = new LaneTrail(followed);
    this.#trail = trail;
    this.#ports.began?.({
      standing: () => trail.sentence(false),
      stopped: (signal) => this.#stopped(signal, trail.sentence(false)),
    });
  }

  /** Takes a step of the engine, and shows it: from the intent on, as until then another run may be the one that answers. */
  take(step: Progress): void {
    this.#trail?.take(step);
    this.#ports.log(step.message);
    if (step.step === 'joined')
      return this.inBackground('Looking who is at work', this.#showJoined(step.message));
    if (step.step === 'waiting') return;
    this.#steps.push(step.message);
    this.#showSteps(this.#steps);
  }

  /** Somebody else's rollback is followed; where another run is at work on this very comment, or was, that one answers. */
  async #showJoined(message: string): Promise<void> {
    if (this.#event.kind !== 'comment' || this.#followed === undefined) return;
    const { state } = await loadView(this.#ports.release.ledger, this.#followed.lane);
    if (markOf(state, this.#event.comment.id) === undefined && !this.hasBegun) this.#showSteps([message]);
  }

  #showSteps(steps: readonly string[]): void {
    const followed = this.#followed;
    if (followed === undefined) return;
    const context = { ...this.#context(), before: followed.before };
    this.#reply?.show(this.render(progressReply({ ...followed, steps }, context)));
  }

  /** Whether the engine has done anything. */
  get hasBegun(): boolean {
    return this.#steps.length > 0;
  }

  /** Where the lane stands, where something was begun and not ended. */
  standing(): string | undefined {
    return this.#trail?.isOpen === true ? this.#trail.sentence(false) : undefined;
  }

  /** Whether an earlier run has answered; where that cannot be told, it has not. */
  async isAnswered(): Promise<boolean> {
    return (await this.#reply?.exists().catch(() => false)) ?? false;
  }

  /** A reply as GitHub gets it. */
  render(blocks: readonly Block[]): string {
    return renderReply(
      blocks,
      this.#event.kind === 'comment' ? replyMarker(this.#event.comment.id) : undefined,
    );
  }

  /** Writes the last text; `false` where there is no place for it, or it could not be written. */
  async showLast(text: string): Promise<boolean> {
    return (await this.#reply?.finish(text)) ?? false;
  }

  /** The run is told to stop: the intent stays open, and the next command goes on. */
  #stopped(signal: string, standing: string): Promise<boolean> {
    const context = this.#context();
    const what = {
      tone: 'error',
      words: 'STOPPED',
      rest: `${context.command}: its run was ended (${signal})`,
    } as const;
    return this.showLast(this.render(plainReply({ ...what, sentences: [standing] }, context)));
  }

  /** Waits for what still runs, for a while. */
  async close(): Promise<void> {
    await within(Promise.all(this.#running), PATIENCE_MS, this.#ports.release.timer);
  }
}
