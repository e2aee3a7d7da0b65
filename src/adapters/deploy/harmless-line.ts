const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const MOST_CHARACTERS = 500;

/**
 * A line of foreign output for a log: control, bidirectional and invisible characters as escapes, at most 500 characters, and nothing
 * that GitHub's runner takes for a workflow command (`::name::` at the start, `##[name]` anywhere).
 */
export function harmlessLine(line: string): string {
  const cut = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
  return cut
    .replace(/\t/g, '    ')
    .replace(INVISIBLE, escapeOf)
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replaceAll('##[', '# #[');
}

function escapeOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
