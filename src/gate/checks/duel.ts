import type { Sample } from '../../core/task.ts';
import type { RivalKind } from '../../verdict/comparison-sentence.ts';
import type { DataFacts, GateFacts } from '../facts.ts';

/** Whom the challenger is measured against, on the same rows. */
export interface Rival {
  kind: RivalKind;
  sample: Sample;
}

/** One comparison on one table: the id of its check, both samples, and the facts around them. */
export interface Duel {
  id: string;
  data: DataFacts;
  /** The challenger's. */
  sample: Sample;
  rival: Rival;
  facts: GateFacts;
}

/** The same model file on both sides: nothing can have become worse. */
export function sameBytes({ challenger, champion }: GateFacts): boolean {
  return (
    challenger !== undefined && champion !== undefined && challenger.modelDigest === champion.modelDigest
  );
}
