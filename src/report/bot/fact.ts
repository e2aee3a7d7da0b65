import { strong, text, type Inline } from '../document.ts';

/** A line in a list of facts: what it is about, and what is to be said of it; bare strings are plain text. */
export function fact(name: string, ...parts: readonly (Inline | string)[]): readonly Inline[] {
  const inlines = parts.map((part) => (typeof part === 'string' ? text(part) : part));
  return [strong(name), text(' '), ...inlines];
}
