/** Whether a bot is in a list of logins such as `renovate[bot]`, with or without `@`, without regard to case. */
export function isListed(login: string, listed: readonly string[]): boolean {
  return listed.some((entry) => entry.replace(/^@/, '').toLowerCase() === login.toLowerCase());
}
