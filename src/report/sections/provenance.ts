import type { Verdict } from '../../core/verdict.ts';
import { code, text, type Block, type Inline } from '../document.ts';
import { formatCount } from '../../core/format-number.ts';

interface Fact {
  term: string;
  inlines: readonly Inline[];
}

/** One line: which bytes, which data, which settings, which tool. */
export function provenanceLine(verdict: Verdict): Block {
  const { artifact, champion, config, data, seed, producer, createdAt } = verdict;
  const digests: Fact[] = [
    ...(artifact === undefined ? [] : [fact('artifact', code(shortDigest(artifact.digest)))]),
    ...(champion === undefined ? [] : [fact('champion', code(shortDigest(champion.digest)))]),
    ...data.map((table) =>
      fact(`${table.role} data`, code(shortDigest(table.sha256)), text(` ${formatCount(table.rows)} rows`)),
    ),
    ...(config === undefined ? [] : [fact('config', code(shortDigest(config.sha256)))]),
  ];
  return {
    kind: 'definitions',
    items: [
      ...digests,
      fact('seed', code(String(seed))),
      fact('tool', code(producer.tool)),
      fact('made', code(`${createdAt.slice(0, 16).replace('T', ' ')} UTC`)),
    ],
  };
}

/** Everything that names bytes or origins, in full. */
export function provenanceSection(verdict: Verdict): Block {
  const { artifact, champion, image, config, data, producer, shadow } = verdict;
  const rows: Fact[] = [
    ...(shadow === undefined ? [] : [...release('champion', shadow), ...release('challenger', shadow)]),
    ...(artifact === undefined
      ? []
      : [fact('artifact', code(artifact.path)), fact('artifact digest', code(artifact.digest))]),
    ...(image === undefined ? [] : [fact('image digest', code(image.digest))]),
    ...(champion === undefined
      ? []
      : [fact('champion', code(champion.path)), fact('champion digest', code(champion.digest))]),
    ...data.flatMap(({ role, path, sha256 }) => [
      fact(`${role} data`, code(path)),
      fact(`${role} data sha256`, code(sha256)),
    ]),
    ...(config === undefined
      ? []
      : [
          fact('config', code(config.path)),
          fact('config sha256', code(config.sha256)),
          fact('gates digest', code(config.gates)),
        ]),
    ...Object.entries(producer).flatMap(([term, value]) =>
      value === undefined ? [] : [fact(term, code(value))],
    ),
  ];
  return {
    kind: 'details',
    summary: 'Provenance in full',
    blocks: [
      {
        kind: 'table',
        caption: 'Provenance in full',
        columns: [
          { heading: 'what', align: 'left' },
          { heading: 'value', align: 'left' },
        ],
        rows: rows.map(({ term, inlines }) => [[text(term)], inlines]),
      },
    ],
  };
}

/** A release of a shadow by its name, and by the digest of its image where that is known. */
function release(side: 'champion' | 'challenger', shadow: NonNullable<Verdict['shadow']>): Fact[] {
  const { name, digest } = shadow[side];
  return [
    fact(`${side} release`, code(name)),
    ...(digest === undefined ? [] : [fact(`${side} image digest`, code(digest))]),
  ];
}

function fact(term: string, ...inlines: Inline[]): Fact {
  return { term, inlines };
}

function shortDigest(digest: string): string {
  return digest.slice('sha256:'.length, 'sha256:'.length + 12);
}
