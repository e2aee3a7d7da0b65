import * as z from 'zod';
import { FrameError } from './frame.ts';

const size = z.union([z.number(), z.string()]);
// JSON has no `undefined`: an unknown dimension arrives as null, an absent shape not at all.
const shape = z.array(size.nullable().transform((each) => each ?? undefined)).optional();
const info = z
  .object({ name: z.string(), type: z.string(), shape })
  .transform((each) => ({ ...each, shape: each.shape }));
const signature = z.object({ inputs: z.array(info), outputs: z.array(info) });

const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded'), loadMs: z.number().nonnegative(), signature }),
  z.object({ kind: z.literal('outputs'), tensors: z.array(z.unknown()) }),
  z.object({ kind: z.literal('times') }),
  z.object({
    kind: z.literal('failed'),
    failure: z.enum(['rejected', 'no-runtime']),
    message: z.string(),
  }),
]);

/** What a child may answer, its tensors not looked at yet. */
export type ParsedReply = z.infer<typeof schema>;

/** Parses the header of a child's frame, which a hostile model may have had written. Throws `FrameError`. */
export function parseReply(header: unknown): ParsedReply {
  const parsed = schema.safeParse(header);
  if (parsed.success) return parsed.data;
  throw new FrameError('an answer of another form');
}
