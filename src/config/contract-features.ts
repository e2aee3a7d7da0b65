import { KnownGoodError } from '../core/errors.ts';
import { seen, seenName } from '../core/seen.ts';
import { valueAt } from './document-problems.ts';

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

/** Splits `path#/json/pointer` (RFC 6901) into the path and the pointer's keys; without `#` there are none. */
export function splitPointer(reference: string): { path: string; pointer: string[] } {
  const at = reference.indexOf('#');
  if (at < 0) return { path: reference, pointer: [] };
  const keys = reference
    .slice(at + 1)
    .split('/')
    .slice(1);
  return {
    path: reference.slice(0, at),
    pointer: keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')),
  };
}

/** Where the names are in a document: the only list of texts, or `features`. */
function namesIn(document: unknown, name: string): unknown {
  if (Array.isArray(document) || typeof document !== 'object' || document === null) return document;
  const features = valueAt(document, ['features']);
  if (features !== undefined) return features;
  const lists = Object.entries(document).filter(([, value]) => isNames(value));
  if (lists.length === 1) return lists[0]?.[1];
  const keys = (lists.length > 1 ? lists.map(([key]) => key) : Object.keys(document)).slice(0, 10);
  const what = lists.length > 1 ? 'several lists of names' : 'no list of names';
  const example = `${seenName(name)}#/${lists[0]?.[0] ?? 'key'}`;
  throw new KnownGoodError(
    'input',
    `${seenName(name)} holds ${what}: saw ${keys.map((key) => seen(key)).join(', ')}. Name one: ${seen(example, 300)}.`,
  );
}

/**
 * The feature names, in order, of a parsed features document: a list of texts; else its `features`; else its only
 * top-level list of texts; or what a JSON pointer points at. Anything else, an empty list, an empty or repeated name
 * is an `input` error. `name` is how messages call the document.
 */
export function contractFeatures(document: unknown, name: string, pointer: readonly string[] = []): string[] {
  const value = pointer.length === 0 ? namesIn(document, name) : valueAt(document, pointer);
  const where =
    pointer.length === 0 ? seenName(name) : `${seenName(name)}#/${pointer.map((key) => seen(key)).join('/')}`;
  if (!isNames(value)) {
    const saw = Array.isArray(value) && value.length === 0 ? 'an empty list' : seen(value);
    throw new KnownGoodError(
      'input',
      `${where} is no list of feature names: saw ${saw}. Write a list of texts.`,
    );
  }
  const odd = value.find((feature, index) => feature === '' || value.indexOf(feature) !== index);
  if (odd === undefined) return [...value];
  const what = odd === '' ? 'an empty name' : `${seen(odd)} twice`;
  throw new KnownGoodError('input', `${where} lists ${what}. Give every feature a name of its own.`);
}
