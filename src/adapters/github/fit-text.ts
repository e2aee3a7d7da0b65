/**
 * A text of at most `limit` characters (UTF-16 units), for a field that GitHub would refuse otherwise. What is too long is cut behind a
 * whole line where there is one in the second half, and `note` takes the place of the rest. A code fence that the cut leaves open is closed.
 */
export function fitText(text: string, { limit, note }: { limit: number; note: string }): string {
  if (text.length <= limit) return text;
  const room = limit - note.length - FENCE_ROOM;
  const cut = text.slice(0, room);
  const line = cut.lastIndexOf('\n');
  const kept = line > room / 2 ? cut.slice(0, line) : cut.replace(/[\ud800-\udbff]$/, '');
  return `${kept}${closing(kept)}${note}`;
}

/** One line of at most `limit` characters, ending in `…` where it was cut. */
export function fitLine(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  return `${line.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

const FENCE_ROOM = 24;

/** Closes the last fence of a text where it is open. Source: CommonMark 0.31, section 4.5. */
function closing(text: string): string {
  let open: string | undefined;
  for (const [, fence = ''] of text.matchAll(/^ {0,3}(`{3,20}|~{3,20})/gm)) {
    if (open === undefined) open = fence;
    else if (fence.startsWith(open)) open = undefined;
  }
  return open === undefined ? '' : `\n${open}`;
}
