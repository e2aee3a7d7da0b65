import type { JsonValue } from '../../core/json.ts';

/**
 * Whether two JSON values are the same, numbers within an absolute tolerance ≥ 0: lists item by item and of equal length, mappings key by
 * key, anything else exactly and of one type. What is absent or not finite is near nothing.
 */
export function isNear(seen: JsonValue | undefined, wanted: JsonValue, tolerance: number): boolean {
  if (typeof wanted === 'number') return typeof seen === 'number' && Math.abs(seen - wanted) <= tolerance;
  if (typeof wanted !== 'object' || wanted === null) return seen === wanted;
  if (typeof seen !== 'object' || seen === null || Array.isArray(seen) !== Array.isArray(wanted))
    return false;
  const keys = Object.keys(wanted);
  const [left, right]: Record<string, JsonValue>[] = [seen, wanted] as Record<string, JsonValue>[];
  return (
    Object.keys(seen).length === keys.length &&
    keys.every((key) => Object.hasOwn(seen, key) && isNear(left?.[key], right?.[key] ?? null, tolerance))
  );
}
