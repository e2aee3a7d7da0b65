import * as z from 'zod';
import { digestOf } from '../../../core/digest.ts';
import { KnownGoodError } from '../../../core/errors.ts';
import { seen } from '../../../core/seen.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { unlessMissing } from '../client/github-error.ts';

const ACTIONS = '/repos/{owner}/{repo}/actions';
const PAGE = 100;

const artifactSchema = z.object({
  id: z.int().positive(),
  name: z.string(),
  size_in_bytes: z.int().min(0),
  expired: z.boolean(),
  /** Of the zip; older servers do not have it. */
  digest: z.string().nullish(),
});
const artifactsSchema = z.object({ artifacts: z.array(artifactSchema) });
type Artifact = z.infer<typeof artifactSchema>;

/** An artifact of a run; whoever made the run chose its name and all that is in it. */
export interface WantedArtifact {
  runId: string;
  name: string;
  /** Of the zip. */
  maxBytes: number;
}

/**
 * The zip of a run's newest artifact of exactly this name; `undefined` where the run has none that is still kept. An `input` error where it
 * is larger than `maxBytes` or not what its digest says; one that lies about its size is cut off while it is read (`unavailable`).
 */
export async function downloadArtifact(
  client: GitHubClient,
  wanted: WantedArtifact,
): Promise<Uint8Array | undefined> {
  const artifact = await findArtifact(client, wanted);
  if (artifact === undefined) return undefined;
  const { name, maxBytes } = wanted;
  if (artifact.size_in_bytes > maxBytes) {
    const sizes = `it has ${artifact.size_in_bytes} bytes, and at most ${maxBytes} are read`;
    throw new KnownGoodError('input', `The artifact ${seen(name)} was not read: ${sizes}. Upload less.`);
  }
  const { data } = await client.download(`GET ${ACTIONS}/artifacts/{artifact_id}/zip`, {
    doing: `read the artifact ${seen(name)}`,
    params: { artifact_id: artifact.id },
    maxBytes,
  });
  checkDigest(data, artifact);
  return data;
}

async function findArtifact(
  client: GitHubClient,
  { runId, name }: WantedArtifact,
): Promise<Artifact | undefined> {
  const asked = client.rest(`GET ${ACTIONS}/runs/{run_id}/artifacts`, {
    doing: `list the artifacts of the run ${runId}`,
    params: { run_id: runId, name, per_page: PAGE },
    schema: artifactsSchema,
  });
  const all = (await unlessMissing(asked))?.data.artifacts ?? [];
  const named = all.filter((artifact) => artifact.name === name && !artifact.expired);
  return named.toSorted((a, b) => b.id - a.id)[0];
}

function checkDigest(zip: Uint8Array, { digest, name }: Artifact): void {
  if (digest === undefined || digest === null || digest === digestOf(zip)) return;
  const what = `what was sent has another digest than ${seen(digest, 80)}`;
  throw new KnownGoodError('input', `The artifact ${seen(name)} was not read: ${what}. Run it again.`);
}
