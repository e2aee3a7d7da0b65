import * as z from 'zod';
import { jsonOf } from './answer-message.ts';
import type { RawAnswer } from './exchange.ts';

const errorSchema = z.object({ type: z.string().optional(), message: z.string().catch('') });
const errorsSchema = z.object({ errors: z.array(errorSchema).min(1) });

/** An error of a GraphQL answer; `type` is absent where the server itself failed. */
export type GraphqlFault = z.infer<typeof errorSchema>;

/** The errors of a GraphQL answer; none for everything else. Source: GraphQL specification, section 7.1.2. */
export function errorsIn(answer: RawAnswer): readonly GraphqlFault[] {
  const parsed = errorsSchema.safeParse(jsonOf(answer));
  return parsed.success ? parsed.data.errors : [];
}

/** Whether the server failed, and did not refuse: asked again, it may answer. */
export function isServerFault({ type, message }: GraphqlFault): boolean {
  if (type !== undefined) return /^(?:INTERNAL|SERVICE_UNAVAILABLE|TIMEOUT|LOADING)/.test(type);
  return /something went wrong|timed? ?out|timeout|try again/i.test(message);
}
