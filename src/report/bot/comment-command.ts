/** Commands that a comment can give; the others are typed in a terminal. */
const IN_COMMENTS = 'promote|rollback|adopt|approve|verify|status|history|why|lock|unlock|release';

const SHADOW = /^shadow --model (\S+)(?: --environment \S+)?$/;
const TYPED = new RegExp(`^(?:${IN_COMMENTS}) `);

/** `known-good verify …` in a sentence, where a comment can give that command. */
export const WRITTEN_COMMAND = new RegExp(`\\bknown-good (?=(?:${IN_COMMENTS}) )`, 'g');

/** What settles something, as it is typed in a comment where a comment can; else as it is typed in a terminal. */
export function commentCommand(settle: string): string {
  const [, model] = SHADOW.exec(settle) ?? [];
  if (model !== undefined) return `/shadow ${model}`;
  return TYPED.test(settle) ? `/${settle}` : `known-good ${settle}`;
}

/** The commands of a reason's `settle`, which may name several. */
export function commentCommands(settle: string | undefined): string[] {
  return settle === undefined ? [] : settle.split(/ {2,}or {2,}/).map(commentCommand);
}
