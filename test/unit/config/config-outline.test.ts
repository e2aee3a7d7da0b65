import { describe, expect, it } from 'vitest';
import { configOutline } from '../../../src/config/config-outline.ts';

describe('the outline of a config', () => {
  it.each<[string, string, unknown]>([
    [
      'names models and frozen tables, whatever else is wrong',
      'version: 9\nmodels:\n  m: { task: x, data: { frozen: { path: f.csv, label: y } } }\n  n: { data: {} }\njunk: 1',
      [{ name: 'm', frozen: 'f.csv' }, { name: 'n' }],
    ],
    ['takes a bare path', 'models: { m: { data: { frozen: f.csv } } }', [{ name: 'm', frozen: 'f.csv' }]],
    ['is none of other YAML', 'models: { m: { rows: 1 } }', undefined],
    ['is none of a list of models', 'models: [{ name: m, data: { frozen: f.csv } }]', undefined],
    ['is none of what is no YAML', 'models: {', undefined],
    ['is none of an empty text', '', undefined],
    ['is none of circles', 'models: &a { m: { data: *a } }', [{ name: 'm' }]],
  ])('%s', (_, text, expected) => expect(configOutline(text)).toEqual(expected));
});
