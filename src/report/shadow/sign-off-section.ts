import type { Verdict } from '../../core/verdict.ts';
import { paragraph, text, type Block } from '../document.ts';

/** What the environment's policy asks of people besides this verdict. */
export function signOffSection({ shadow, environment }: Verdict): Block | undefined {
  const asked = shadow?.signOff ?? [];
  if (asked.length === 0) return undefined;
  const where = environment ?? 'The policy';
  return {
    kind: 'details',
    summary: `Sign-off: ${asked.length} asked for`,
    blocks: [
      paragraph(`${where} asks for this besides the verdict; the promotion checks it again.`),
      { kind: 'list', items: asked.map((sentence) => [text(sentence)]) },
    ],
  };
}
