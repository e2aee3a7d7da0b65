import * as z from 'zod';
import type { RawAnswer } from './exchange.ts';

const detail = z.union([z.string(), z.record(z.string(), z.unknown())]);
const explained = z.object({ message: z.string(), errors: z.array(detail).catch([]).optional() });

/** The JSON of an answer; `undefined` where it has no body, or one that is no JSON. */
export function jsonOf({ body }: RawAnswer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What GitHub says in an answer that is no success: `message`, and the messages or codes of up to three `errors`. Foreign text, as it
 * came. A page meant for browsers is only named; empty where nothing was said.
 */
export function messageIn(answer: RawAnswer): string {
  const parsed = explained.safeParse(jsonOf(answer));
  if (parsed.success) {
    const details = (parsed.data.errors ?? []).slice(0, 3).map(detailText);
    return [parsed.data.message, ...details].filter((part) => part !== '').join('; ');
  }
  if ((answer.headers.get('content-type') ?? '').includes('html')) return 'an HTML page';
  return answer.body.toString('utf8', 0, 400);
}

function detailText(item: z.infer<typeof detail>): string {
  if (typeof item === 'string') return item;
  const parts = ['message', 'resource', 'field', 'code'].map((key) => item[key]);
  const [message, ...place] = parts.map((part) => (typeof part === 'string' ? part : ''));
  return message || place.filter((part) => part !== '').join(' ');
}
