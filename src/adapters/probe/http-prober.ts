import type { Prober, Timer } from '../../core/ports.ts';
import type { Probe, ProbeResult } from '../../core/probe.ts';
import type { Release } from '../../core/release.ts';
import { seen } from '../../core/seen.ts';
import type { Send } from '../oci/http-exchange.ts';
import { createSend } from '../oci/send-request.ts';
import { askServer, type Question } from './ask-server.ts';
import { judgeAnswer, whyNotAskable } from './judge-answer.ts';

/** What servers are asked with. */
export interface HttpProberOptions {
  timer: Timer;
  /** Milliseconds for one question and its answer; 10 s if not said. A probe's own time, where shorter, counts for its first question. */
  requestMs?: number;
}

type Verdict = Pick<ProbeResult, 'outcome' | 'message'>;

const REQUEST_MS = 10_000;
/** A question near the end of a probe's time gets at least this long. */
const LEAST_REQUEST_MS = 1_000;
/** With less time left nothing is asked again. */
const LEAST_LEFT_MS = 50;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** Asks model servers over HTTP. Times are of a clock that no change of the time of day touches. Messages hold no query of an address. */
export function createHttpProber({ timer, requestMs = REQUEST_MS }: HttpProberOptions): Prober {
  const send = createSend();
  return {
    probe: async (probe, release) => {
      const name = nameOf(probe);
      try {
        return { name, ...(await askUntilGood({ probe, release }, { timer, requestMs, send })) };
      } catch {
        return { name, outcome: 'silent', message: 'The probe could not be made.', elapsedMs: 0 };
      }
    },
    answers: async (address) => {
      const url = addressOf(address);
      if (url === undefined) return false;
      const heard = await askServer(send, { method: 'GET', url, timeoutMs: requestMs });
      return heard.kind !== 'silent';
    },
  };
}

interface Asking {
  probe: Probe;
  release: Release;
}

async function askUntilGood(
  asking: Asking,
  { timer, requestMs, send }: Required<HttpProberOptions> & { send: Send },
): Promise<Omit<ProbeResult, 'name'>> {
  const { probe } = asking;
  const question = questionOf(asking);
  if (typeof question === 'string') return { outcome: 'bad', message: question, elapsedMs: 0 };
  let spent = 0;
  let pause = FIRST_PAUSE_MS;
  let timeoutMs = Math.min(requestMs, probe.withinMs);
  for (;;) {
    const start = performance.now();
    const verdict = await askOnce(asking, { ...question, timeoutMs }, send);
    spent += performance.now() - start;
    const left = probe.withinMs - spent;
    if (verdict.outcome === 'good' || left < LEAST_LEFT_MS)
      return { ...verdict, elapsedMs: Math.round(spent) };
    const wait = Math.min(pause, left);
    await timer.sleep(wait);
    spent += wait;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    timeoutMs = Math.min(requestMs, Math.max(LEAST_REQUEST_MS, probe.withinMs - spent));
  }
}

async function askOnce(asking: Asking, question: Question, send: Send): Promise<Verdict> {
  const heard = await askServer(send, question);
  if (heard.kind === 'silent') return { outcome: 'silent', message: heard.message };
  const problem = heard.kind === 'unfit' ? heard.message : judgeAnswer(asking, heard);
  if (problem !== undefined) return { outcome: 'bad', message: problem };
  return { outcome: 'good', message: `Answered ${asking.probe.status}, as expected.` };
}

/** The question that a probe means; a sentence where it cannot be asked. */
function questionOf({ probe, release }: Asking): Question | string {
  const unasked = whyNotAskable(probe, release);
  if (unasked !== undefined) return unasked;
  const url = addressOf(probe.url);
  if (url === undefined) return 'The probe has no http(s) address without user and password. Correct it.';
  const { method, status } = probe;
  const json = probe.golden === undefined ? probe.body : release.golden?.request;
  const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  return { method, url, body, status, timeoutMs: 0 };
}

/** An address that may be asked; a stored policy is older than the config's rules, and can be anything. */
function addressOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '';
  return (url.protocol === 'http:' || url.protocol === 'https:') && isPlain ? url : undefined;
}

/** How messages call a probe: its name, else method, host and path. */
function nameOf({ name, method, url }: Probe): string {
  const address = addressOf(url);
  const own = name ?? (address === undefined ? method : `${method} ${address.host}${address.pathname}`);
  return seen(own, 100).slice(1, -1);
}
