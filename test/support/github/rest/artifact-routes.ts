import { createHash } from 'node:crypto';
import type { GitHubState } from '../github-state.ts';
import type { ArtifactRecord } from '../records.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { countedPage, notFound, reads, refuse } from './route.ts';

const ACTIONS = '/repos/{owner}/{repo}/actions';

/** Artifacts of runs. Their zip is fetched from another host, by an address that is signed. */
export const artifactRoutes: readonly Route[] = [
  { operation: `GET ${ACTIONS}/runs/{run_id}/artifacts`, needs: reads('actions'), answer: listArtifacts },
  { operation: `GET ${ACTIONS}/artifacts/{artifact_id}`, needs: reads('actions'), answer: readArtifact },
  {
    operation: `GET ${ACTIONS}/artifacts/{artifact_id}/{archive_format}`,
    needs: reads('actions'),
    answer: redirectToZip,
  },
];

function listArtifacts(call: RestCall): RestReply {
  const { state, params, query } = call;
  const run = Number(params['run_id']);
  if (!state.runs.has(run)) return notFound();
  const all = [...state.artifacts.values()]
    .filter((each) => each.run === run && (query['name'] ?? each.name) === each.name)
    .sort((left, right) => right.id - left.id);
  const path = `${repositoryPath(state)}/actions/runs/${run}/artifacts`;
  return countedPage(
    call,
    { path, name: 'artifacts' },
    all.map((each) => artifactJson(state, each)),
  );
}

function readArtifact({ state, params }: RestCall): RestReply {
  const artifact = state.artifacts.get(Number(params['artifact_id']));
  return artifact === undefined ? notFound() : { status: 200, body: artifactJson(state, artifact) };
}

function redirectToZip({ state, params }: RestCall): RestReply {
  const artifact = state.artifacts.get(Number(params['artifact_id']));
  if (artifact === undefined || params['archive_format'] !== 'zip') return notFound();
  if (artifact.expired) return refuse(410, 'Artifact has expired');
  return {
    status: 302,
    headers: { location: `${state.storage}/artifacts/${artifact.id}.zip?sig=${artifact.id}` },
  };
}

function artifactJson(state: GitHubState, artifact: ArtifactRecord): unknown {
  const url = `${state.url}${repositoryPath(state)}/actions/artifacts/${artifact.id}`;
  const run = state.runs.get(artifact.run);
  const expires = new Date(Date.parse(artifact.createdAt) + 90 * 86_400_000).toISOString();
  return {
    id: artifact.id,
    node_id: `A_${artifact.id}`,
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: `sha256:${createHash('sha256').update(artifact.zip).digest('hex')}`,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: expires,
    workflow_run: {
      id: artifact.run,
      repository_id: 1,
      head_repository_id: run?.headRepository === `${state.owner}/${state.name}` ? 1 : 2,
      head_branch: run?.branch,
      head_sha: run?.sha,
    },
  };
}
