import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { parseStrictJson, type JsonValue } from '../../core/json.ts';
import { digestOfArtifact } from '../../core/model-pack.ts';
import type { Files } from '../../core/ports.ts';
import type { Release } from '../../core/release.ts';

const MOST_BYTES = 64 * 2 ** 20;
/** A golden question travels with every entry of its release: it stays small. */
const MOST_LINE_BYTES = 2_048;

/** What an artifact folder adds to a release: its digest, and its first recorded answer where it has a small one. */
export interface ArtifactFacts {
  artifact: Digest;
  golden: Release['golden'];
  notes: readonly string[];
}

/** Reads an artifact's digest and the first line of its `golden.jsonl`: the features are the request; score, prediction or probabilities the answer. */
export async function loadArtifactFacts(files: Files, path: string): Promise<ArtifactFacts> {
  const listed = await files.listArtifact(path);
  const artifact = digestOfArtifact(listed);
  const name = `${path.replace(/(?<=.)\/+$/, '')}/golden.jsonl`;
  const has = listed.kind === 'folder' && listed.files.some((file) => file.path === 'golden.jsonl');
  const text = has ? await files.readText(name, MOST_BYTES) : undefined;
  const line = text?.split('\n').find((each) => each.trim() !== '');
  if (line === undefined) return { artifact, golden: undefined, notes: [] };
  if (Buffer.byteLength(line) > MOST_LINE_BYTES) {
    const note = `The first line of ${name} has more than ${MOST_LINE_BYTES} bytes: the release gets no golden question for probes.`;
    return { artifact, golden: undefined, notes: [note] };
  }
  return { artifact, golden: goldenOf(line, name), notes: [] };
}

function goldenOf(line: string, name: string): NonNullable<Release['golden']> {
  const value = parseStrictJson(line, { name, maxBytes: MOST_LINE_BYTES });
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const request = fields['features'];
  const answer: JsonValue | undefined = fields['score'] ?? fields['prediction'] ?? fields['probabilities'];
  if (request !== undefined && answer !== undefined) return { request, answer };
  throw new KnownGoodError(
    'input',
    `The first line of ${name} has no features, or no score, prediction or probabilities beside them.`,
  );
}
