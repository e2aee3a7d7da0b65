/** Lower case of the 26 letters alone: elsewhere a letter of another alphabet can become one of them. */
export function plainCase(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether a word is one of other bots' commands, which are listed with or without their slash. */
export function isOtherBots(word: string, others: readonly string[]): boolean {
  return others.some((other) => plainCase(other.replace(/^\//, '')) === plainCase(word));
}
