import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';
import { KnownGoodError } from '../core/errors.ts';
import { seen, seenName, seenPath } from '../core/seen.ts';
import { configSchema, type Config } from './config-schema.ts';
import { crossChecks } from './cross-checks.ts';
import { problemsOf, type DocumentProblem } from './document-problems.ts';

const MAX_BYTES = 2 ** 20;
const MAX_PROBLEMS = 50;

interface Line {
  offset: number;
  text: string;
}

function configError(path: string, lines: readonly string[]): KnownGoodError {
  const shown = lines.slice(0, MAX_PROBLEMS);
  if (lines.length > shown.length) shown.push(`and ${lines.length - shown.length} more`);
  const count = lines.length === 1 ? 'one problem' : `${lines.length} problems`;
  const what = `${seenName(path)} has ${count}; correct it and run again:`;
  return new KnownGoodError('config', [what, ...shown].join('\n'));
}

/** Syntax errors, and what YAML allows but a config does not need: unknown tags, special keys, lists as keys. */
function syntaxProblems(document: Document): Line[] {
  const found = [...document.errors, ...document.warnings];
  const tooDeep = found.find(({ message }) => message.includes('call stack'));
  if (tooDeep !== undefined)
    return [{ offset: tooDeep.pos[0], text: 'nests too deeply to be read; flatten it' }];
  const lines = found.map(({ code, pos, message }) => {
    const what = code === 'MULTIPLE_DOCS' ? 'a second document begins here' : (message.split('\n')[0] ?? '');
    // The one character that a config asks for and YAML keeps for itself.
    const hint = /reserved character @/.test(what) ? '; put it in quotation marks, such as "@alice"' : '';
    return { offset: pos[0], text: `not readable: ${seen(what, 200).slice(1, -1)}${hint}` };
  });
  visit(document, {
    Alias(_, alias, ancestors) {
      // Looking the anchor up would cost a walk through the document for each alias.
      const isInside = ancestors.some((node) => isCollection(node) && node.anchor === alias.source);
      if (!isInside) return;
      const name = seen(alias.source).slice(1, -1);
      lines.push({
        offset: alias.range?.[0] ?? 0,
        text: `not readable: *${name} stands within itself; write it out`,
      });
    },
    Pair(_, { key }) {
      if (
        isScalar(key) &&
        (key.value === '__proto__' || key.value === 'constructor' || key.value === 'prototype')
      ) {
        lines.push({
          offset: key.range?.[0] ?? 0,
          text: `the key ${seen(key.value)} is not allowed; rename it`,
        });
      }
    },
  });
  return lines;
}

/** The node at a path, as deep as there are nodes; with `atKey` the last key itself. */
function nodeAt(document: Document, { path, atKey }: DocumentProblem): Node | undefined {
  let node = document.contents ?? undefined;
  for (const [index, part] of path.entries()) {
    const target = isAlias(node) ? node.resolve(document) : node;
    let next: unknown;
    if (isMap(target)) {
      const pair = target.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      // A key without a value (`key:` and nothing) is shown at the key.
      next =
        isPair(pair) && ((atKey && index === path.length - 1) || !hasPlace(pair.value))
          ? pair.key
          : pair?.value;
    } else if (isSeq(target)) next = target.items[Number(part)];
    if (!hasPlace(next)) return node;
    node = next;
  }
  return node;
}

function hasPlace(node: unknown): node is Node & { range: [number, number, number] } {
  return (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && Array.isArray(node.range);
}

function toData(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (cause) {
    throw new KnownGoodError(
      'config',
      `${seenName(path)} repeats itself by aliases too often. Write it out.`,
      { cause },
    );
  }
}

/**
 * Parses `.github/known-good.yml`. All that is wrong is said at once in one `config` error, a line each:
 * `path:line:column  models.bank.task: saw …, allowed: …`.
 */
export function parseConfig(text: string, path: string): Config {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new KnownGoodError('config', `${seenName(path)} is larger than 1 MiB. Make it smaller.`);
  }
  const lineCounter = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${seenName(path)}:${line}:${col}`;
  };
  const document = readYaml(text, lineCounter, path);
  const unreadable = syntaxProblems(document);
  if (unreadable.length > 0) {
    throw configError(
      path,
      unreadable.map(({ offset, text }) => `${place(offset)}  ${text}`),
    );
  }
  const data = toData(document, path);
  const parsed = configSchema.safeParse(data);
  const problems = [...(parsed.success ? [] : problemsOf(parsed.error.issues, data)), ...crossChecks(data)];
  if (parsed.success && problems.length === 0) return parsed.data;
  const placed = problems.map((problem) => {
    const offset = nodeAt(document, problem)?.range?.[0] ?? 0;
    return { offset, text: `${place(offset)}  ${seenPath(problem.path)}: ${problem.message}` };
  });
  throw configError(
    path,
    placed.toSorted((a, b) => a.offset - b.offset).map(({ text }) => text),
  );
}

function readYaml(text: string, lineCounter: LineCounter, path: string): Document {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: true,
      schema: 'core',
      version: '1.2',
    });
  } catch (cause) {
    // Only nesting beyond the stack gets here.
    throw new KnownGoodError('config', `${seenName(path)} nests too deeply to be read. Flatten it.`, {
      cause,
    });
  }
}
