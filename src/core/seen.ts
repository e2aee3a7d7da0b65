/** Invisible, bidirectional and line-breaking characters that JSON leaves as they are. */
const INVISIBLE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * What was seen, for a message: JSON on one line, cut to about `max` characters, without control or invisible
 * characters. `undefined` (absent) is `nothing`; a container shows its first characters only.
 */
export function seen(value: unknown, max = 60): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  const cut = whole.length > max ? `${whole.slice(0, max)}…` : whole;
  const text = typeof value === 'string' ? JSON.stringify(cut) : cut;
  return text.replace(INVISIBLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A name or file path for a message: as it is when it is plain printable text, else as `seen` shows it. */
export function seenName(name: string): string {
  const shown = seen(name, 200);
  return shown === `"${name}"` ? name : shown;
}

/**
 * A place in a document for a message: `models.bank.slices[1].edges`. Keys that are not plain words are quoted;
 * the document itself is `(document)`.
 */
export function seenPath(path: readonly PropertyKey[]): string {
  const parts = path.map((part, index) => {
    if (typeof part === 'number') return `[${part}]`;
    const key = String(part);
    if (!/^[\w@-]{1,80}$/.test(key)) return `[${seen(key)}]`;
    return index === 0 ? key : `.${key}`;
  });
  return parts.join('') || '(document)';
}
