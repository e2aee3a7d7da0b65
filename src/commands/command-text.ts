/** Characters that cannot be seen, or that turn what is seen around; only the emoji selector U+FE0F is let through. */
const HIDDEN = /(?!\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Spaces beside the plain one: phones and French quotation marks bring the first two, which do not break a line. */
const FIXED_SPACES = /[\u00a0\u202f]/g;
/** The others look like a space and are none that anybody types into a command. */
const OTHER_SPACES = /[\t\v\f\u0085\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]/g;

/** A line as somebody reads it who sees only what can be seen, and what hides in it, in the order in which it stands. */
export interface CommandText {
  /** Every space is a plain one; those at the end are left out. */
  text: string;
  hidden: readonly string[];
}

/** What can be seen of a line, and what cannot. Any text will do. */
export function commandText(line: string): CommandText {
  const hidden = line.match(new RegExp(`${HIDDEN.source}|${OTHER_SPACES.source}`, 'gu')) ?? [];
  const text = line.replace(OTHER_SPACES, ' ').replace(HIDDEN, '').replace(FIXED_SPACES, ' ').trimEnd();
  return { text, hidden };
}

/** The lines of a comment; GitHub ends them by CR LF where they were typed into its page. */
export function linesOf(body: string): string[] {
  return body.split(/\r\n|\n|\r/);
}
