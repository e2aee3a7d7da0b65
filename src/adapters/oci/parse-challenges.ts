/** One challenge of a `WWW-Authenticate` header: its scheme and parameter names in lower case. */
export interface Challenge {
  scheme: string;
  parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;
const SPACE = /[ \t]*/y;
const COMMAS = /[ \t,]*/y;

/**
 * Parses `WWW-Authenticate`: several challenges in one line, quoted strings with escapes, commas in them. What cannot be parsed ends
 * the list; the challenges before it count. Source: RFC 9110, section 11.6.1.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match === null) return undefined;
    at += match[0].length;
    return match;
  };
  const parameter = (): [string, string] | undefined => {
    const start = at;
    const name = take(TOKEN)?.[0];
    take(SPACE);
    if (name !== undefined && header[at] === '=') {
      at += 1;
      take(SPACE);
      const quoted = take(QUOTED)?.[1]?.replace(/\\([^])/g, '$1');
      const value = quoted ?? take(TOKEN)?.[0];
      if (value !== undefined) return [name.toLowerCase(), value];
    }
    at = start;
    return undefined;
  };
  for (take(COMMAS); at < header.length; take(COMMAS)) {
    const scheme = take(TOKEN)?.[0];
    if (scheme === undefined) break;
    const parameters = new Map<string, string>();
    take(SPACE);
    for (let next = parameter(); next !== undefined; next = parameter()) {
      parameters.set(...next);
      take(COMMAS);
    }
    if (parameters.size === 0) take(TOKEN68);
    challenges.push({ scheme: scheme.toLowerCase(), parameters });
  }
  return challenges;
}
