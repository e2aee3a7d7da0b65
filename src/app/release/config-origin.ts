import type { ConfigOrigin } from '../../core/config-origin.ts';
import { digestOf } from '../../core/digest.ts';
import type { Repository } from '../../core/ports.ts';

/**
 * Whether a config, as it was read, is the one of the commit that is checked out. Never rejects: where git does not tell, it is
 * `outside`, and what asks for a committed one is refused.
 */
export async function configOrigin(
  repository: Pick<Repository, 'headCommit' | 'contentAt'>,
  { path, text }: { path: string; text: string },
): Promise<ConfigOrigin> {
  const digest = digestOf(text);
  const commit = await repository.headCommit().catch(() => undefined);
  if (commit === undefined) return { digest, state: 'outside' };
  try {
    const held = await repository.contentAt(commit, path);
    if (held === undefined) return { digest, commit, state: 'untracked' };
    const isSame = spellings(text).some((each) => each === held.bytes || each === held.text);
    return { digest, commit, state: isSame ? 'committed' : 'changed' };
  } catch {
    return { digest, state: 'outside' };
  }
}

/** The text as a commit may hold it: git may write other line ends into a work tree, and a mark before the text is not read. */
function spellings(text: string): string[] {
  const unified = text.replaceAll('\r\n', '\n');
  return [text, unified].flatMap((each) => [digestOf(each), digestOf(`\ufeff${each}`)]);
}
