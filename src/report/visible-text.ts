const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Text on one line in which nothing hides: line breaks and tabs become a space; control, bidirectional,
 * zero-width and other invisible characters and lone surrogates become escapes such as `\u202e`.
 */
export function visibleText(value: string): string {
  return value.replace(/[\t\n\r]+/g, ' ').replace(INVISIBLE, visibleEscape);
}

function visibleEscape(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

/** At most `length` code points of a text, the last one `…` where something was cut; length ≥ 1. */
export function clipText(value: string, length: number): string {
  const points = Array.from(value);
  return points.length <= length ? value : `${points.slice(0, length - 1).join('')}…`;
}
