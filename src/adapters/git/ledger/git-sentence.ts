const LONGEST = 300;

/** Lines that explain nothing: advice, progress, and git's own summary of a refused push. */
const NOISE = /^(?:hint:|warning:|To |Counting |Compressing |Writing |Total |Everything up-to-date|\s*at )/;
const SUMMARY =
  /^(?:error: failed to push some refs|fatal: the remote end hung up|(?:fatal: )?Could not read from|Please make sure you have the correct access|and the repository exists)/;

/**
 * What git or a remote said, as one line that is safe to print: at most 300 characters, without control or invisible
 * characters, and without credentials, be it in addresses, headers or as well-known tokens.
 */
export function gitSentence(stderr: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^remote:\s*/, ''))
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim())
    .filter((line) => line !== '' && !NOISE.test(line));
  const telling = lines.filter((line) => !SUMMARY.test(line));
  const text = (telling.length > 0 ? telling : lines)
    .map((line) => line.replace(/^(?:fatal|error): /, ''))
    .join(' ');
  const line = withoutCredentials(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** The text without what gives access: `user:password@` of addresses, authorization headers, tokens of the large forges. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s'"<>]*@/gi, '$1')
    .replace(
      /\b(authorization|private-token|x-api-key)\s*[:=]\s*(?:(?:basic|bearer|token)\s+)?\S+/gi,
      '$1: …',
    )
    .replace(/([?&](?:access_token|token|password|private_token|key|sig|signature)=)[^\s&'"]+/gi, '$1…')
    .replace(/\b(?:gh[a-z]_|github_pat_|glpat-|ATBB)[\w-]{8,}/g, '…');
}
