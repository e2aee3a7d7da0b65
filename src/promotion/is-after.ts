/** Whether something happened after a comment was made: the forge tells the time of comments in whole seconds. Dates that are none are not after. */
export function isAfter(happenedAt: string, commentedAt: string): boolean {
  return Math.floor(Date.parse(happenedAt) / 1000) > Math.floor(Date.parse(commentedAt) / 1000);
}
