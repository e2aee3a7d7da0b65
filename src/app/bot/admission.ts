/**
 * Whether who asks is answered at all. On a public repository everybody may comment, and reactions and replies to strangers would use up the
 * requests that a rollback needs; so what is to be shown waits until they are let in, and is never shown where they are not.
 */
export class Admission {
  readonly #mayAsk: () => Promise<boolean>;
  #isOpen = false;
  #waiting: (() => void)[] = [];

  /** `mayAsk`: whether they may see an answer; asked only where nothing else has let them in. */
  constructor(mayAsk: () => Promise<boolean>) {
    this.#mayAsk = mayAsk;
  }

  /** They are let in: they may give what they gave, or nobody else but them can see the answer. */
  open(): void {
    this.#isOpen = true;
    for (const show of this.#waiting.splice(0)) show();
  }

  /** Shows something at once, or as soon as they are let in; in the order of the calls. */
  show(what: () => void): void {
    if (this.#isOpen) what();
    else this.#waiting.push(what);
  }

  /** Whether they are let in. Where nobody can tell, they are: silence is worse. */
  async isOpen(): Promise<boolean> {
    if (!this.#isOpen && (await this.#mayAsk().catch(() => true))) this.open();
    return this.#isOpen;
  }
}
