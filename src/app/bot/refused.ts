/** A command that is not carried out, for a reason that its author can read: no error of ours. */
export class Refused extends Error {
  /** What happened, in capitals: `REFUSED`. */
  readonly words: string;
  /** Ends the first line: where that leaves things. */
  readonly rest: string;

  constructor(message: string, { words = 'REFUSED', rest }: { words?: string; rest: string }) {
    super(message);
    this.name = 'Refused';
    this.words = words;
    this.rest = rest;
  }
}
