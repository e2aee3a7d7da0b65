/**
 * Host, owner and name of a git remote's address on a forge: `https://HOST/OWNER/NAME(.git)`, `ssh://git@HOST/OWNER/NAME` and
 * `git@HOST:OWNER/NAME`. `undefined` for a path and anything else. What stands before an `@` is not read.
 */
export function parseRemote(address: string): { host: string; owner: string; name: string } | undefined {
  const [, host, owner, name] =
    /^(?:(?:https?|ssh|git):\/\/(?:[^/@]*@)?|[\w.-]+@)([\w.-]+)(?::\d{1,5}(?=\/))?[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(
      address.trim(),
    ) ?? [];
  if (host === undefined || owner === undefined || name === undefined) return undefined;
  return { host: host.toLowerCase(), owner, name };
}
