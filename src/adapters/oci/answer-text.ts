import * as z from 'zod';
import { seen } from '../../core/seen.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { Redactor } from './redactor.ts';

const item = z.object({ code: z.string().catch(''), message: z.string().catch('') });
const errors = z.object({ errors: z.array(item) });

/** The error codes and messages of an answer, as sent: OCI distribution 1.1, "Error Codes". Empty for anything else. */
export function errorItems(answer: HttpAnswer): readonly { code: string; message: string }[] {
  try {
    const parsed = errors.safeParse(JSON.parse(new TextDecoder().decode(answer.body)));
    return parsed.success ? parsed.data.errors.slice(0, 3) : [];
  } catch {
    return [];
  }
}

/** What a server said, for a message: escaped, cut, without secrets; a page meant for browsers is only named. */
export function answerText(answer: HttpAnswer, redactor: Redactor): string {
  const items = errorItems(answer).map(({ code, message }) =>
    [code, message].filter((part) => part !== '').join(': '),
  );
  if (items.length > 0) return seen(redactor.redact(items.join('; ')), 300);
  const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (answer.body.length === 0) return 'no explanation';
  if (type.includes('html'))
    return 'an HTML page, so this may be a proxy or another server than the registry';
  return seen(redactor.redact(new TextDecoder().decode(answer.body.slice(0, 1000))), 200);
}
