/** Why something is refused: stable codes, for machines and for the manual. */
export const REASON_CODES = [
  'busy',
  'drift',
  'tag-unreadable',
  'not-adopted',
  'tag-renamed',
  'tag-of-other-lane',
  'lane-closed',
  'image-differs',
  'locked',
  'quarantined',
  'not-pullable',
  'registry-silent',
  'artifact-unproved',
  'evidence-missing',
  'evidence-altered',
  'evidence-unreadable',
  'evidence-fails',
  'evidence-holds',
  'evidence-expired',
  'evidence-gates-changed',
  'evidence-origin',
  'evidence-other-champion',
  'config-not-committed',
  'order',
  'approvals',
  'overtaken',
  'nothing-to-leave',
  'no-known-good',
  'not-known-good',
  'recently-restored',
  'reason-missing',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** One reason of a refusal: what is in the way, in a sentence, and the command that would settle it. */
export interface Reason {
  code: ReasonCode;
  message: string;
  /** What to type, without `known-good`; absent where only waiting or a person elsewhere helps. */
  settle?: string;
}
