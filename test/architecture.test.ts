import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** What each layer may import beside itself: other layers, and packages. */
const LAYERS: Readonly<Record<string, { layers: readonly string[]; packages: readonly string[] }>> = {
  core: { layers: [], packages: ['zod', 'node:crypto'] },
  stats: { layers: ['core'], packages: ['jstat', 'simple-statistics'] },
  config: { layers: ['core', 'stats'], packages: ['zod', 'yaml'] },
  report: { layers: ['core', 'stats', 'ledger', 'promotion', 'commands'], packages: [] },
  ledger: { layers: ['core'], packages: ['zod'] },
  promotion: { layers: ['core', 'ledger'], packages: [] },
  commands: { layers: ['core', 'ledger'], packages: ['zod'] },
  verdict: { layers: ['core', 'stats'], packages: [] },
  gate: { layers: ['core', 'stats', 'config', 'verdict'], packages: [] },
  shadow: { layers: ['core', 'stats', 'config', 'verdict'], packages: [] },
  adapters: {
    layers: ['core'],
    packages: [
      'node:',
      'zod',
      'onnxruntime-node',
      'onnxruntime-common',
      '@duckdb/node-api',
      '@actions/core',
      '@actions/github',
      '@octokit/rest',
    ],
  },
  app: {
    layers: [
      'core',
      'stats',
      'config',
      'verdict',
      'report',
      'gate',
      'shadow',
      'ledger',
      'promotion',
      'commands',
    ],
    packages: [],
  },
  demo: { layers: ['core', 'app', 'adapters', 'entry', 'report'], packages: ['node:'] },
  entry: {
    layers: ['core', 'app', 'adapters', 'report', 'promotion', 'commands', 'demo'],
    packages: ['zod', 'node:'],
  },
};

/** The world beyond pure code: only adapters, entries and the demo may touch it. */
const WORLD =
  /\b(?:process\.[a-z]|Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|fetch\(|setTimeout\()/;
const WORLDLY = ['adapters', 'entry', 'demo'];

/** The two pure functions of Node that core may use: hashing alone. */
const CRYPTO = /import \{ createHash \} from 'node:crypto'/;

interface Source {
  path: string;
  layer: string;
  text: string;
  imports: string[];
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map(readSource);

function readSource(name: string): Source {
  const text = readFileSync(join(SRC, name), 'utf8');
  const imports = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/g),
  ].map((match) => match[1] ?? match[2] ?? '');
  return { path: name, layer: name.split('/')[0] ?? '', text, imports };
}

function layerOf(source: Source, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = relative(SRC, resolve(SRC, dirname(source.path), specifier));
  return target.startsWith('..') ? 'outside' : target.split('/')[0];
}

describe('the layers of src', () => {
  it('are all known', () => {
    expect([...new Set(sources.map((source) => source.layer))].filter((layer) => !(layer in LAYERS))).toEqual(
      [],
    );
  });

  it.each(Object.keys(LAYERS))('%s imports only what its row of the table allows', (layer) => {
    const allowed = LAYERS[layer];
    const broken = sources
      .filter((source) => source.layer === layer)
      .flatMap((source) =>
        source.imports
          .filter((specifier) => !isAllowed(source, specifier, allowed))
          .map((specifier) => `${source.path} imports ${specifier}`),
      );
    expect(broken).toEqual([]);
  });

  it('keep clock, randomness, network and process out of pure code', () => {
    const broken = sources
      .filter((source) => !WORLDLY.includes(source.layer) && WORLD.test(withoutComments(source.text)))
      .map((source) => source.path);
    expect(broken).toEqual([]);
  });

  it('let core use nothing of node:crypto but hashing', () => {
    const broken = sources.filter(
      (source) =>
        source.layer === 'core' && source.imports.includes('node:crypto') && !CRYPTO.test(source.text),
    );
    expect(broken.map((source) => source.path)).toEqual([]);
  });
});

describe('the files of src', () => {
  it('have at most 300 lines', () => {
    const long = sources
      .filter((source) => source.text.split('\n').length > 301)
      .map((source) => source.path);
    expect(long).toEqual([]);
  });

  it('have names that say what is in them', () => {
    const vague = sources
      .map((source) => source.path)
      .filter((path) => /(^|\/)(utils?|helpers?|common|misc|types|index)\.ts$/.test(path));
    expect(vague).toEqual([]);
  });

  it('export by name, never by default', () => {
    expect(
      sources.filter((source) => /^export default/m.test(source.text)).map((source) => source.path),
    ).toEqual([]);
  });
});

function isAllowed(source: Source, specifier: string, allowed: (typeof LAYERS)[string] | undefined): boolean {
  const layer = layerOf(source, specifier);
  if (layer === 'outside') return source.layer === 'entry' && specifier.endsWith('package.json');
  if (layer !== undefined) return layer === source.layer || (allowed?.layers.includes(layer) ?? false);
  return (
    allowed?.packages.some(
      (name) => specifier === name || (name.endsWith(':') && specifier.startsWith(name)),
    ) ?? false
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
