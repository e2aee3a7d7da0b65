import type { ModelFailure as Failure } from '../../core/ports.ts';

/** A model did not answer: what happened, which limit, what was seen, as one printable sentence or two. */
export class ModelFailure extends Error implements Failure {
  override readonly name = 'ModelFailure';
  readonly kind: Failure['kind'];

  constructor(kind: Failure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
