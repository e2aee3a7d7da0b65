import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';

const root = new URL('../..', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

describe('README', () => {
  it('explains a config that the schema takes', () => {
    const [config] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)]
      .map((block) => block[1] ?? '')
      .filter((block) => /^version: 1$/m.test(block));
    expect(Object.keys(parseConfig(config ?? '', 'README.md').models)).toEqual(['bank']);
  });

  it('names files of this repository that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((link) => link[1] ?? '');
    expect(links.length).toBeGreaterThan(5);
    for (const link of links.filter((path) => /\.\w+$/.test(path)))
      expect(() => readFileSync(new URL(link, root))).not.toThrow();
  });

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
