import * as z from 'zod';
import { digestSchema } from './digest.ts';
import { shortDigest } from './release.ts';

/** Where a config comes from: its bytes, and how they stand to the commit that is checked out. */
export const configOriginSchema = z.object({
  /** SHA-256 of the file's bytes. */
  digest: digestSchema,
  /** The commit that is checked out, 40 or 64 hex digits; absent outside of a repository. */
  commit: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
    .optional(),
  /**
   * `committed`: the commit holds these bytes. `changed`: it holds others at that place. `untracked`: it holds nothing there. `outside`:
   * there is no commit, or nobody can tell.
   */
  state: z.enum(['committed', 'changed', 'untracked', 'outside']),
});
export type ConfigOrigin = z.infer<typeof configOriginSchema>;

/** `the config of 1a2b3c4`, or that it is in no commit, with its digest: a config in a sentence. */
export function nameConfig({ digest, commit, state }: ConfigOrigin): string {
  const at = commit?.slice(0, 7) ?? 'no commit';
  switch (state) {
    case 'committed':
      return `the config of ${at}`;
    case 'changed':
      return `a config that is not committed (${shortDigest(digest)}, changed since ${at})`;
    case 'untracked':
      return `a config that is not committed (${shortDigest(digest)}, not in ${at})`;
    case 'outside':
      return `a config that is in no repository (${shortDigest(digest)})`;
    default:
      return state satisfies never;
  }
}
