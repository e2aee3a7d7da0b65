/** Whether a path has characters that make it a pattern: `*`, `?` or `[`. */
export function isPattern(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * A test for one name of a folder: `*` any characters, `?` one, `[a-c]` one of a set, `[!a-c]` none of it. A name that begins with
 * a dot needs a pattern that does too, as in a shell. Runs in time linear in name × pattern (no backtracking in regular expressions).
 */
export function namePattern(pattern: string): (name: string) => boolean {
  const steps = parse(pattern);
  return (name) => (name.startsWith('.') && !pattern.startsWith('.') ? false : matches(steps, [...name]));
}

type Step = { kind: 'any' } | { kind: 'one'; fits: (character: string) => boolean };

function parse(pattern: string): Step[] {
  const steps: Step[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (character === '*') steps.push({ kind: 'any' });
    else if (character === '?') steps.push({ kind: 'one', fits: () => true });
    else {
      const end = character === '[' ? characters.indexOf(']', at + 2) : -1;
      if (end < 0) steps.push({ kind: 'one', fits: (other) => other === character });
      else {
        steps.push({ kind: 'one', fits: setTest(characters.slice(at + 1, end)) });
        at = end;
      }
    }
  }
  return steps;
}

function setTest(inside: readonly string[]): (character: string) => boolean {
  const negated = inside[0] === '!' || inside[0] === '^';
  const set = negated ? inside.slice(1) : inside;
  const ranges: [string, string][] = [];
  for (let at = 0; at < set.length; at++) {
    const from = set[at] as string;
    const range = set[at + 1] === '-' && set[at + 2] !== undefined;
    ranges.push([from, range ? (set[at + 2] as string) : from]);
    if (range) at += 2;
  }
  return (character) => ranges.some(([from, to]) => character >= from && character <= to) !== negated;
}

/** The set of steps reached so far, character by character. */
function matches(steps: readonly Step[], name: readonly string[]): boolean {
  let reached = skipAny(steps, new Set([0]));
  for (const character of name) {
    const next = new Set<number>();
    for (const at of reached) {
      const step = steps[at];
      if (step?.kind === 'any') next.add(at);
      else if (step?.fits(character)) next.add(at + 1);
    }
    reached = skipAny(steps, next);
  }
  return reached.has(steps.length);
}

function skipAny(steps: readonly Step[], reached: Set<number>): Set<number> {
  for (const at of reached) if (steps[at]?.kind === 'any') reached.add(at + 1);
  return reached;
}
