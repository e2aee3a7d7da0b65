import { KnownGoodError } from '../../core/errors.ts';
import { parseStrictJson, type JsonValue } from '../../core/json.ts';
import type { Probe } from '../../core/probe.ts';
import type { Release } from '../../core/release.ts';
import { seen } from '../../core/seen.ts';
import { isNear } from './is-near.ts';
import { valueAtPath } from './value-at-path.ts';

/** Most bytes of an answer that are read. */
export const MOST_ANSWER_BYTES = 2 ** 20;

/** What must be in an answer: where, what, and how far a number may be from it. */
interface Wanted {
  path: string;
  value: JsonValue;
  tolerance: number;
  /** How messages call it. */
  what: string;
}

/** Why a probe cannot be asked of a release that lacks what it compares with; `undefined` when it can. */
export function whyNotAskable({ golden, json }: Probe, release: Release): string | undefined {
  if (golden !== undefined && release.golden === undefined) {
    return 'The release holds no golden request and answer. Register it with them, or take golden out of the probe.';
  }
  if (json?.is === undefined || release[json.is] !== undefined) return undefined;
  return `The release holds no ${json.is} to compare with. Register it with one, or compare something else.`;
}

/** What is wrong with an answer, expected and seen, in a sentence; `undefined` when it is as expected. */
export function judgeAnswer(
  { probe, release }: { probe: Probe; release: Release },
  answer: { status: number; body: Uint8Array },
): string | undefined {
  if (answer.status !== probe.status) return `Expected status ${probe.status}, saw ${answer.status}.`;
  const wanted = wantedOf(probe, release);
  const { json } = probe;
  if (wanted.length === 0 && json === undefined) return undefined;
  const document = parseAnswer(answer.body);
  if ('problem' in document) return document.problem;
  if (json !== undefined && valueAtPath(document.value, json.path) === undefined) {
    return `Expected a field ${seen(json.path)} in the answer, saw none.`;
  }
  const wrong = wanted.find(({ path, value, tolerance }) => {
    return !isNear(valueAtPath(document.value, path), value, tolerance);
  });
  return wrong === undefined ? undefined : differs(wrong, valueAtPath(document.value, wrong.path));
}

function wantedOf({ golden, json }: Probe, release: Release): Wanted[] {
  const wanted: Wanted[] = [];
  if (golden !== undefined && release.golden !== undefined) {
    const value = release.golden.answer as JsonValue;
    wanted.push({ ...golden, value, what: 'the release’s golden answer ' });
  }
  if (json === undefined) return wanted;
  const { path, tolerance = 0 } = json;
  if (json.equals !== undefined) wanted.push({ path, tolerance, value: json.equals, what: '' });
  const own = json.is === undefined ? undefined : release[json.is];
  if (own !== undefined) wanted.push({ path, tolerance: 0, value: own, what: `the release’s ${json.is} ` });
  return wanted;
}

function differs({ path, value, tolerance, what }: Wanted, found: JsonValue | undefined): string {
  const within = tolerance === 0 ? '' : ` within ${tolerance}`;
  return `Expected ${what}${seen(value, 100)}${within} at ${seen(path)}, saw ${seen(found, 100)}.`;
}

function parseAnswer(body: Uint8Array): { value: JsonValue } | { problem: string } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { problem: 'Expected JSON, saw bytes that are no UTF-8 text.' };
  }
  if (text.trim() === '') return { problem: 'Expected JSON, saw an empty answer.' };
  if (/^\s*</.test(text)) return { problem: 'Expected JSON, saw an HTML or XML page.' };
  try {
    return { value: parseStrictJson(text, { name: 'the answer', maxBytes: MOST_ANSWER_BYTES }) };
  } catch (error) {
    if (!(error instanceof KnownGoodError)) throw error;
    return { problem: `Expected JSON, saw something else: ${error.message}` };
  }
}
