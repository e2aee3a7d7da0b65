import { KnownGoodError } from '../../../core/errors.ts';
import { seenName } from '../../../core/seen.ts';
import { gitFailure } from './git-failure.ts';
import { ObjectParser } from './object-parser.ts';
import type { FoundObject, ObjectAnswer, ObjectFault } from './object-parser.ts';
import type { LedgerRepository } from './open-repository.ts';
import { startGit } from './start-git.ts';
import type { StartedGit } from './start-git.ts';

/** Asks for objects by any name that git knows; answers come in the order of the questions. */
export interface ObjectReader {
  /** The object, or `undefined` when there is none; above `limit` bytes an `unavailable` error. */
  find(name: string, limit: number): Promise<ObjectAnswer>;
}

interface Question {
  name: string;
  limit: number;
  done(answer: ObjectAnswer): void;
  failed(error: KnownGoodError): void;
}

const TIMEOUT_MS = 120_000;

/** Runs `work` with one `git cat-file --batch`, which ends with it. */
export async function withObjects<T>(
  repository: LedgerRepository,
  work: (reader: ObjectReader) => Promise<T>,
): Promise<T> {
  const batch = new ObjectBatch(repository);
  try {
    return await work(batch);
  } finally {
    await batch.close();
  }
}

class ObjectBatch implements ObjectReader {
  private readonly git: StartedGit;
  private readonly open = new Map<number, Question>();
  private asked = 0;
  private answered = 0;
  private failure: KnownGoodError | undefined;

  constructor(repository: LedgerRepository) {
    this.git = startGit(['cat-file', '--batch'], { folder: repository.folder, timeoutMs: TIMEOUT_MS });
    const parser = new ObjectParser({
      limit: () => this.open.get(this.answered)?.limit ?? 0,
      answer: (answer) => this.take(answer),
      fault: (fault) => this.fail(faultError(fault, this.open.get(this.answered)?.name ?? '')),
    });
    this.git.stdout.on('data', (chunk: Buffer) => {
      if (this.failure === undefined) parser.push(chunk);
    });
    void this.git.ended.then((end) =>
      this.fail(gitFailure({ ...end, stdout: '' }, { doing: 'read the ledger', repository })),
    );
  }

  find(name: string, limit: number): Promise<ObjectAnswer> {
    return new Promise((done, failed) => {
      if (this.failure !== undefined) return failed(this.failure);
      this.open.set(this.asked, { name, limit, done, failed });
      this.asked += 1;
      this.git.stdin.write(`${name}\n`);
    });
  }

  async close(): Promise<void> {
    const unanswered = this.open.size > 0;
    this.failure ??= new KnownGoodError('internal', 'The reading of the ledger is over.');
    if (unanswered) this.git.stop('output');
    this.git.stdin.end();
    await this.git.ended;
  }

  private take(answer: ObjectAnswer): void {
    const question = this.open.get(this.answered);
    this.open.delete(this.answered);
    this.answered += 1;
    question?.done(answer);
  }

  private fail(error: KnownGoodError): void {
    if (this.failure === undefined) this.git.stop('output');
    this.failure ??= error;
    for (const question of this.open.values()) question.failed(this.failure);
    this.open.clear();
  }
}

function faultError(fault: ObjectFault, name: string): KnownGoodError {
  const what = seenName(name.replace(/^[0-9a-f]+:/, ''));
  return new KnownGoodError(
    'unavailable',
    fault.kind === 'too-large'
      ? `${what} in the ledger has ${fault.bytes} bytes, more than Known Good ever writes: somebody else wrote it. Look at the branch's log.`
      : `git answered for ${what} in the ledger what git cat-file never does; check which git is installed.`,
  );
}

/** The bytes as UTF-8 text, exactly; `undefined` when they are none, so that no alteration hides in a replacement. */
export function exactText(object: FoundObject): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(object.bytes);
  } catch {
    return undefined;
  }
}
