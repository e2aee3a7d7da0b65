import { describe, expect, it } from 'vitest';
import { configJsonSchema, manifestJsonSchema, verdictJsonSchema } from '../../../src/config/json-schemas.ts';

type Node = Record<string, unknown>;

/** Paths of all keys in `properties` that have no description. */
function undescribed(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node as Node).flatMap(([key, value]) => {
    const below = undescribed(value, `${path}/${key}`);
    if (key !== 'properties' || path.endsWith('/properties')) return below;
    const bare = Object.entries(value as Node).filter(([, schema]) => !(schema as Node)['description']);
    return [...bare.map(([name]) => `${path}/${name}`), ...below];
  });
}

describe('JSON Schemas', () => {
  it.each([
    ['config', configJsonSchema()],
    ['manifest', manifestJsonSchema()],
    ['verdict', verdictJsonSchema()],
  ])('%s: draft, title, closed', (name, schema) => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `Known Good ${name}`,
      type: 'object',
      additionalProperties: false,
    });
    expect(schema['description']).toMatch(/\.$/);
  });

  it('every key of config and manifest has a description', () => {
    expect(undescribed(configJsonSchema(), '')).toEqual([]);
    expect(undescribed(manifestJsonSchema(), '')).toEqual([]);
  });

  it('shows what is written: durations and sizes as text', () => {
    const gates = (
      configJsonSchema()['$defs'] as { gates: { properties: Record<string, { properties: Node }> } }
    ).gates;
    expect(gates.properties['latency']?.properties['p95']).toMatchObject({ type: 'string' });
    expect(gates.properties['memory']?.properties['file']).toMatchObject({ type: 'string' });
  });
});
