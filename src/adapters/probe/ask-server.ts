import { seen } from '../../core/seen.ts';
import { TransportFailure, type HttpAnswer, type HttpRequest, type Send } from '../oci/http-exchange.ts';
import { MOST_ANSWER_BYTES } from './judge-answer.ts';

/** One question to a server. `status` is the one that is expected: a redirect that is expected is not followed. */
export interface Question {
  method: 'GET' | 'POST';
  url: URL;
  /** Bytes of JSON. */
  body?: Uint8Array | undefined;
  status?: number;
  timeoutMs: number;
}

/** What came of a question: an answer; one that cannot be read or must not be followed; or none. */
export type Heard =
  | { kind: 'answer'; status: number; body: Uint8Array }
  | { kind: 'unfit'; message: string }
  | { kind: 'silent'; message: string };

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const SILENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EPROTO: 'it does not speak TLS',
};

/** Asks once, on a connection of its own, so that no earlier server answers. Follows redirects within the origin. Never rejects. */
export async function askServer(send: Send, question: Question): Promise<Heard> {
  const until = performance.now() + question.timeoutMs;
  let { url } = question;
  try {
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const timeoutMs = Math.max(1, until - performance.now());
      const answer = await send(requestOf(question, url), { timeoutMs, maxBytes: MOST_ANSWER_BYTES });
      const next = redirectOf(question, answer);
      if (next === undefined) return { kind: 'answer', status: answer.status, body: answer.body };
      if (!(next instanceof URL)) return { kind: 'unfit', message: next };
      url = next;
    }
    return { kind: 'unfit', message: `Expected an answer, saw more than ${MOST_REDIRECTS} redirects.` };
  } catch (error) {
    return failureOf(error);
  }
}

function requestOf({ method, body }: Question, url: URL): HttpRequest {
  const headers = { accept: 'application/json, */*', connection: 'close', 'user-agent': 'known-good' };
  if (body === undefined) return { method, url, headers };
  return { method, url, headers: { ...headers, 'content-type': 'application/json' }, body: { bytes: body } };
}

/** Where an answer leads to; a sentence where that must not be followed; `undefined` for what is no redirect. */
function redirectOf({ method, status }: Question, answer: HttpAnswer): URL | string | undefined {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || answer.status === status || location === undefined) return undefined;
  if (!URL.canParse(location, answer.url.href)) {
    return `Expected an answer, saw a redirect (${answer.status}) to an unreadable address.`;
  }
  const target = new URL(location, answer.url);
  if (target.origin !== answer.url.origin) {
    const where = seen(`${target.protocol}//${target.host}`, 100);
    return `Expected an answer, saw a redirect (${answer.status}) to ${where}: another origin, not followed.`;
  }
  if (method === 'GET' || answer.status === 307 || answer.status === 308) return target;
  return `Expected an answer to a POST, saw a redirect (${answer.status}) that would make it a GET.`;
}

function failureOf(error: unknown): Heard {
  if (!(error instanceof TransportFailure)) {
    return { kind: 'silent', message: 'No answer: the request could not be made.' };
  }
  const { kind, code, message } = error;
  if (kind === 'too-large') {
    return { kind: 'unfit', message: `Expected at most ${MOST_ANSWER_BYTES} bytes, saw ${message}.` };
  }
  if (kind === 'truncated') return { kind: 'unfit', message: `Expected a whole answer, but ${message}.` };
  if (kind === 'timeout') return { kind: 'silent', message: `Saw ${message}.` };
  const why = code === undefined ? undefined : SILENT[code];
  const detail = why === undefined ? (code ?? 'the connection failed') : `${why} (${code})`;
  return { kind: 'silent', message: `No answer: ${detail}.` };
}
