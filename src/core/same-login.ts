/** Whether two logins are one account's: the forge takes no notice of case. */
export function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
