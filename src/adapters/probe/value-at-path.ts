import type { JsonValue } from '../../core/json.ts';

/**
 * The value at a path such as `models.0.version`: own field names from the outside in, whole numbers for the items of arrays.
 * `undefined` where there is none; a `null` that stands there is `null`.
 */
export function valueAtPath(document: JsonValue, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) value = /^(?:0|[1-9]\d{0,8})$/.test(part) ? value[Number(part)] : undefined;
    else value = Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}
