import * as z from 'zod';

const url = z.string().max(2000);
const scalar = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]);

/** What a field of a JSON answer must be: a value, a number within a tolerance, or a property of the promoted release. */
export const expectationSchema = z.object({
  /** Field names from the outside in, joined by dots; numbers index arrays. */
  path: z.string().min(1).max(200),
  equals: scalar.optional(),
  /** The promoted release's own: what is served is what was promoted. */
  is: z.enum(['version', 'digest', 'sha', 'artifact']).optional(),
  /** Largest absolute difference of a number, ≥ 0. */
  tolerance: z.number().min(0).optional(),
});

/** One question to a running model server, and the answer that proves it well. */
export const probeSchema = z.object({
  name: z.string().max(100).optional(),
  method: z.enum(['GET', 'POST']),
  url,
  /** JSON to send; not with `golden`. */
  body: z.json().optional(),
  /** Sends the release's own golden request and expects its golden answer at this path. */
  golden: z.object({ path: z.string().min(1).max(200), tolerance: z.number().min(0) }).optional(),
  status: z.int().min(100).max(599),
  json: expectationSchema.optional(),
  /** Milliseconds in which the answer must have come; asked again until then while it has not. */
  withinMs: z.number().positive(),
});

export type Probe = z.infer<typeof probeSchema>;
export type Expectation = z.infer<typeof expectationSchema>;

/** What one probe found. `good`: as expected; `bad`: answered otherwise; `silent`: no answer at all in its time. */
export interface ProbeResult {
  name: string;
  outcome: 'good' | 'bad' | 'silent';
  /** What was expected and what was seen, in a sentence. */
  message: string;
  /** From the first question to the answer that counted, in milliseconds. */
  elapsedMs: number;
}
