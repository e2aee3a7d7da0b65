import { KnownGoodError } from './errors.ts';
import { seen, seenName, seenPath } from './seen.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object without a prototype. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** How deep arrays and objects may nest. */
const MAX_DEPTH = 64;

/** Keys that have a meaning of their own in JavaScript objects. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[A-Za-z_$-]+/y;
/** A string without escapes, which most are. */
const PLAIN_STRING = /"[^"\\\p{Cc}]*"/uy;
const SPACE = /[ \t\n\r]*/y;

/** A recursive-descent reader of RFC 8259 that refuses what two readers could understand differently. */
class JsonReader {
  private at = 0;
  private readonly path: (string | number)[] = [];
  private readonly text: string;
  private readonly name: string;
  private readonly firstLine: number;

  constructor(text: string, name: string, firstLine: number) {
    this.text = text;
    this.name = name;
    this.firstLine = firstLine;
  }

  document(): JsonValue {
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.fail('more text after the end of the document', 'Keep one value.');
    return value;
  }

  private value(): JsonValue {
    this.skipSpace();
    switch (this.text[this.at]) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
        return this.string();
      default:
        return this.literal();
    }
  }

  private object(): JsonObject {
    const result = Object.create(null) as JsonObject;
    this.enter();
    if (this.take('}')) return result;
    do {
      this.skipSpace();
      const start = this.at;
      if (this.text[start] !== '"') this.unexpected('a key in double quotes');
      const key = this.string();
      this.path.push(key);
      this.checkKey(result, key, start);
      if (!this.take(':')) this.unexpected('":"');
      result[key] = this.value();
      this.path.pop();
    } while (this.take(','));
    if (!this.take('}')) this.unexpected('"," or "}"');
    return result;
  }

  private checkKey(object: JsonObject, key: string, start: number): void {
    const twice = key in object;
    if (!twice && !FORBIDDEN_KEYS.has(key)) return;
    this.at = start;
    const where = seenPath(this.path);
    if (twice) this.fail(`the key ${where} stands there twice`, 'Keep one of them.');
    this.fail(`the key ${where} is not allowed`, 'Rename or remove it.');
  }

  private array(): JsonValue[] {
    const result: JsonValue[] = [];
    this.enter();
    if (this.take(']')) return result;
    do {
      this.path.push(result.length);
      result.push(this.value());
      this.path.pop();
    } while (this.take(','));
    if (!this.take(']')) this.unexpected('"," or "]"');
    return result;
  }

  private enter(): void {
    this.at += 1;
    // Each container that is open has put one part on the path, but for the outermost.
    if (this.path.length >= MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`, 'Flatten it.');
  }

  private string(): string {
    const plain = this.match(PLAIN_STRING);
    if (plain !== undefined) return plain.slice(1, -1);
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    try {
      const value = JSON.parse(this.text.slice(this.at, end + 1)) as string;
      this.at = end + 1;
      return value;
    } catch {
      const what = 'a string that does not end, or holds a bad escape or a control character';
      return this.fail(`${what}: ${seen(this.text.slice(this.at, end + 1), 30)}`, 'Correct it.');
    }
  }

  private literal(): JsonValue {
    const start = this.at;
    const token = this.match(NUMBER);
    if (token !== undefined && !/[\w.$-]/.test(this.text[this.at] ?? '')) return this.number(token, start);
    this.at = start;
    const word = this.match(WORD);
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    this.at = start;
    if (word !== undefined && /nan|inf/i.test(word)) {
      this.fail(`${seen(word)} at ${seenPath(this.path)}, which is not JSON`, 'Write a finite number.');
    }
    return this.unexpected('a value');
  }

  private number(token: string, start: number): number {
    const value = Number(token);
    if (Number.isFinite(value)) return value;
    this.at = start;
    return this.fail(`the number ${seen(token)} at ${seenPath(this.path)} is too large`, 'Correct it.');
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.text)?.[0];
    if (token !== undefined) this.at += token.length;
    return token;
  }

  private skipSpace(): void {
    if (this.text.charCodeAt(this.at) <= 0x20) this.match(SPACE);
  }

  private take(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private unexpected(expected: string): never {
    const end = this.at >= this.text.length;
    const saw = end ? 'the end of the text' : seen(this.text.slice(this.at, this.at + 20));
    return this.fail(`expected ${expected}, saw ${saw}`, 'Correct the JSON.');
  }

  private fail(what: string, todo: string): never {
    const lines = this.text.slice(0, this.at).split('\n');
    const column = (lines.at(-1)?.length ?? 0) + 1;
    const line = this.firstLine + lines.length - 1;
    throw new KnownGoodError('input', `${this.name}:${line}:${column}: ${what}. ${todo}`);
  }
}

export interface StrictJsonOptions {
  /** How messages call the document: usually its path. */
  name: string;
  /** Bytes of UTF-8. */
  maxBytes: number;
  /** Line number of the text's first line in the file it comes from; 1 if not said. */
  firstLine?: number;
}

/**
 * Parses JSON (RFC 8259) and refuses what readers disagree about: duplicate keys, `__proto__`, `constructor` and
 * `prototype` as keys, numbers beyond the range of a double, more than 64 levels, more than `maxBytes` of UTF-8.
 * A leading byte-order mark is skipped. Objects come without a prototype. Throws an `input` error that names
 * `name:line:column` (columns in UTF-16 units, from 1).
 */
export function parseStrictJson(text: string, options: StrictJsonOptions): JsonValue {
  const name = seenName(options.name);
  const bytes = Buffer.byteLength(text);
  if (bytes > options.maxBytes) {
    const sizes = `saw ${bytes} bytes, allowed are ${options.maxBytes}`;
    throw new KnownGoodError('input', `${name} is too large: ${sizes}. Make it smaller.`);
  }
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  return new JsonReader(plain, name, options.firstLine ?? 1).document();
}
