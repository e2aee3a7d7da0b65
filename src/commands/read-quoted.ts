/** The marks that end what a mark begins, likeliest first: what languages write, and what phones make of a straight one. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"”“',
  '“': '”"“',
  '”': '”"',
  '„': '“”"',
  '‟': '”"',
  '«': '»',
  '»': '«»',
  "'": "'’",
  '‘': "’'‘",
  '’': "’'",
  '‚': "‘’'",
  '‹': '›',
  '›': '‹›',
};

/** Quoted text and where the text behind it begins, or why it cannot be told where it ends: a sentence. */
export type Quoted = { kind: 'quoted'; text: string; end: number } | { kind: 'fault'; fault: string };

/** Whether quoted text begins here. */
export function isQuote(character: string | undefined): boolean {
  return character !== undefined && Object.hasOwn(CLOSING, character);
}

/**
 * Reads quoted text that begins at `at`, where a quotation mark stands. It ends at the first mark of the likeliest kind that occurs;
 * behind that comes a space or the end, else it would be a guess which of them was meant.
 */
export function readQuoted(line: string, at: number): Quoted {
  const opening = line[at] ?? '';
  const kinds = [...(CLOSING[opening] ?? '')];
  const close = kinds.map((kind) => line.indexOf(kind, at + 1)).find((index) => index >= 0);
  if (close === undefined) {
    return { kind: 'fault', fault: `The quotation mark ${opening} is not closed.` };
  }
  const behind = line[close + 1];
  if (behind === undefined || behind === ' ')
    return { kind: 'quoted', text: line.slice(at + 1, close), end: close + 1 };
  return {
    kind: 'fault',
    fault: `Where the quoted text ends cannot be told: behind the closing ${line[close]} comes no space. Leave quotation marks out of it.`,
  };
}
