import { tableError } from './table-error.ts';

const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;

/** CSV or JSONL: by the name (`.gz` aside), else by the first character of the text. An empty text and a JSON list are `input` errors. */
export function tableFormat(path: string, start: Buffer): 'csv' | 'jsonl' {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  if (start.length === 0) {
    throw tableError({ path }, { what: 'the file is empty', todo: 'Give a table with a header and rows' });
  }
  if (/\.(jsonl|ndjson)$/.test(name)) return 'jsonl';
  if (/\.(csv|tsv)$/.test(name)) return 'csv';
  if (name.endsWith('.json') && start[0] === OPEN_BRACKET) {
    const todo = 'Write one object a line (JSONL), or CSV';
    throw tableError({ path }, { what: 'this is a JSON list, not a table', todo });
  }
  return start[0] === OPEN_BRACE ? 'jsonl' : 'csv';
}
