import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { RunLimits } from '../../core/ports.ts';
import type { Request } from './child-protocol.ts';
import { encodeFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import { accept, refuseAnswer } from './accept-answer.ts';
import { FrameReader } from './frame-reader.ts';
import { describeExit, describeMemory, describeTimeout } from './failure-sentences.ts';
import { ModelFailure } from './model-failure.ts';
import { plainLine } from './quote-name.ts';
import { parseReply } from './parse-reply.ts';
import type { ParsedReply } from './parse-reply.ts';
import { POLL_MS, residentMemory } from './resident-memory.ts';
import type { SpawnedChild } from './spawn-child.ts';
import { TailText } from './tail-text.ts';

/** What is being asked of the child: the answer's callbacks, and a word for the messages. */
interface Pending {
  resolve(frame: Frame): void;
  reject(failure: ModelFailure): void;
}

/** What the child answered, and the numbers that came along. */
export interface Answer {
  reply: ParsedReply;
  body: Uint8Array;
}

const LONGEST_MESSAGE = 600;
/** Node's timers end at once beyond this many milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;
const LARGEST_HEADER = 8 << 20;
const LARGEST_BODY = 2 ** 31;

/**
 * The parent's side of one child: one request at a time, each under the time limit, and the memory limit over
 * all of them. The first failure that ends the child is what every later request is told.
 */
export class ModelProcess {
  readonly #child: SpawnedChild;
  readonly #limits: RunLimits;
  readonly #output = new TailText();
  readonly #ended: Promise<unknown>;
  #pending: Pending | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #failure: ModelFailure | undefined;
  #peak: number | undefined;
  #poll: NodeJS.Timeout | undefined;

  constructor(child: SpawnedChild, limits: RunLimits) {
    this.#child = child;
    this.#limits = limits;
    this.#ended = this.#watchEnd();
    this.#listen();
    this.#watchMemory();
  }

  /** Asks the child one thing. Rejects with `ModelFailure`; `doing` completes "the model did not …" in its message. */
  request(request: Request, body: readonly Uint8Array[], doing: string): Promise<Answer> {
    const answer = this.#queue.then(() => this.#ask(encodeFrame(request, body), doing));
    this.#queue = answer.catch(() => undefined);
    return answer.then(understand);
  }

  /** Largest resident memory so far in bytes; `undefined` where the platform does not tell. */
  async peakMemory(): Promise<number | undefined> {
    await this.#measureMemory();
    return this.#peak;
  }

  /** Ends the child for a reason that all waiting and later requests get, and cleans up. */
  async end(failure: ModelFailure): Promise<void> {
    this.#fail(failure);
    await this.#ended;
  }

  #ask(frame: readonly Uint8Array[], doing: string): Promise<Frame> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise<Frame>((resolve, reject) => {
      const timeoutMs = Math.min(this.#limits.timeoutMs, LONGEST_TIMER);
      const timer = setTimeout(
        () => this.#fail(new ModelFailure('timeout', describeTimeout(doing, timeoutMs))),
        timeoutMs,
      );
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          this.#pending = undefined;
          settle(value);
        };
      this.#pending = { resolve: settled(resolve), reject: settled(reject) };
      const { channel } = this.#child;
      channel.cork();
      for (const part of frame) channel.write(part);
      channel.uncork();
    });
  }

  #listen(): void {
    const { channel, process: child } = this.#child;
    const reader = new FrameReader({
      header: LARGEST_HEADER,
      body: Math.min(LARGEST_BODY, this.#limits.memoryBytes),
    });
    channel.on('data', (chunk: Uint8Array) => this.#receive(reader, chunk));
    channel.on('error', () => undefined); // The end of the process tells more.
    child.on('error', () => undefined);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (piece: string) => this.#output.push(piece));
    }
  }

  #receive(reader: FrameReader, chunk: Uint8Array): void {
    if (this.#failure !== undefined) return;
    try {
      for (const frame of accept(() => reader.push(chunk))) {
        if (this.#pending === undefined) throw refuseAnswer('an answer that nobody asked for');
        this.#pending.resolve(frame);
      }
    } catch (error) {
      // A body too large to be allocated is a RangeError of ours, and the child's doing.
      this.#fail(
        error instanceof ModelFailure ? error : refuseAnswer('an answer that does not fit into memory'),
      );
    }
  }

  /** Settles when the process has gone and its folder is removed; never rejects. */
  async #watchEnd(): Promise<void> {
    const { process: child, folder } = this.#child;
    const [code, signal] = await once(child, 'close').catch((error: Error) => [error.message, null]);
    clearInterval(this.#poll);
    this.#fail(describeExit({ code, signal, output: this.#output }));
    await rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
  }

  #watchMemory(): void {
    this.#poll = setInterval(() => void this.#measureMemory(), POLL_MS);
    this.#poll.unref();
  }

  async #measureMemory(): Promise<void> {
    const { pid } = this.#child.process;
    if (pid === undefined || this.#failure !== undefined) return;
    const memory = await residentMemory(pid);
    if (memory === undefined) return;
    this.#peak = Math.max(this.#peak ?? 0, memory.peak);
    const { memoryBytes } = this.#limits;
    if (memory.now > memoryBytes)
      this.#fail(new ModelFailure('memory', describeMemory(memory.now, memoryBytes)));
  }

  #fail(failure: ModelFailure): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    clearInterval(this.#poll);
    this.#child.process.kill('SIGKILL');
    this.#pending?.reject(failure);
  }
}

function understand({ header, body }: Frame): Answer {
  const reply = accept(() => parseReply(header));
  if (reply.kind !== 'failed') return { reply, body };
  throw new ModelFailure(reply.failure, plainLine(reply.message, LONGEST_MESSAGE));
}
