import { parse } from 'yaml';
import { valueAt } from './document-problems.ts';

/** A model of a config, and its frozen table where it has one. */
export interface OutlinedModel {
  name: string;
  frozen?: string;
}

/**
 * The models that the text of a config names and their frozen tables, even where another version of the schema wrote it;
 * `undefined` when it is no YAML, or nothing like a config.
 */
export function configOutline(text: string): OutlinedModel[] | undefined {
  const models = valueAt(readLoosely(text), ['models']);
  if (typeof models !== 'object' || models === null || Array.isArray(models)) return undefined;
  const named = Object.entries(models as Record<string, unknown>);
  if (!named.some(([, model]) => typeof valueAt(model, ['data']) === 'object')) return undefined;
  return named.map(([name, model]) => {
    const frozen = valueAt(model, ['data', 'frozen']);
    const path = typeof frozen === 'string' ? frozen : valueAt(frozen, ['path']);
    return { name, ...(typeof path === 'string' ? { frozen: path } : {}) };
  });
}

function readLoosely(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
