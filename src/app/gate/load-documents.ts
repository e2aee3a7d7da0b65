import type { Fact } from '../../core/fact.ts';
import { known } from '../../core/fact.ts';
import { asFact } from './measure.ts';
import type { Files } from '../../core/ports.ts';
import { parseManifest } from '../../config/parse-manifest.ts';
import { parseMetricsDocument } from '../../config/metrics-document.ts';
import type { Documents } from '../../gate/facts.ts';

/** Larger documents are refused by name, in the document's own problems. */
const MOST_BYTES = 4 * 2 ** 20;

/** The documents beside the models; a bare file has none. */
export async function loadDocuments(
  challenger: string | undefined,
  champion: string | undefined,
  files: Files,
): Promise<Documents> {
  const [manifest, metrics, theirs, theirMetrics] = await Promise.all([
    read(challenger, 'manifest.json', files),
    read(challenger, 'metrics.json', files),
    read(champion, 'manifest.json', files),
    read(champion, 'metrics.json', files),
  ]);
  return {
    manifest: manifestOf(manifest, 'manifest.json'),
    championManifest: manifestOf(theirs, "the champion's manifest.json"),
    declared: declaredOf(metrics),
    championDeclared: declaredOf(theirMetrics),
    golden: known(undefined),
  };
}

function manifestOf(text: Fact<string | undefined>, name: string): Documents['manifest'] {
  if (!text.known) return { fields: {}, problems: [text.why] };
  return text.value === undefined ? undefined : parseManifest(text.value, name);
}

function declaredOf(text: Fact<string | undefined>): Documents['declared'] {
  if (text.known)
    return text.value === undefined ? undefined : parseMetricsDocument(text.value, 'metrics.json');
  return { ...parseMetricsDocument('{"metrics":{}}', 'metrics.json'), problems: [text.why] };
}

/** A document that cannot be read (too large, not UTF-8) is a finding about it, not the end of the gate. */
function read(folder: string | undefined, name: string, files: Files): Promise<Fact<string | undefined>> {
  return folder === undefined
    ? Promise.resolve(known(undefined))
    : asFact(() => files.readText(`${folder}/${name}`, MOST_BYTES));
}

/** No documents at all. */
export function noDocuments(): Documents {
  return { manifest: undefined, championManifest: undefined, declared: undefined, golden: known(undefined) };
}
