/** Something we tried to learn: its value, or a sentence why it could not be learned. Absence is never a pass. */
export type Fact<T> = { known: true; value: T } | { known: false; why: string };

/** A fact that we learned. */
export function known<T>(value: T): Fact<T> {
  return { known: true, value };
}

/** A fact that we could not learn, with the sentence that says why. */
export function unknown<T = never>(why: string): Fact<T> {
  return { known: false, why };
}
