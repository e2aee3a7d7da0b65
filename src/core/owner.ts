import * as z from 'zod';

/** Who carries an operation out, so that others can tell whether they still live. */
export const ownerSchema = z.union([
  z.object({ kind: z.literal('process'), host: z.string(), pid: z.int(), startedAt: z.string() }),
  z.object({ kind: z.literal('run'), repository: z.string(), run: z.string(), attempt: z.int() }),
]);
export type Owner = z.infer<typeof ownerSchema>;
