import type { GitHubState } from '../github-state.ts';
import { isFolder } from '../git-objects.ts';
import { wrapped } from './git-routes.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, reads, refuse } from './route.ts';

/** Bytes above which `contents` sends no content, and above which it refuses. */
const LARGEST_INLINE = 1_048_576;
const LARGEST = 104_857_600;
/** Asked for by this media type, a file is sent as it is. */
const RAW = /application\/vnd\.github\.raw(?:\+json)?/;

/** Files and folders of a commit. */
export const contentRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/contents/{path}', needs: reads('contents'), answer: readContent },
];

function readContent({ state, params, query, accept }: RestCall): RestReply {
  const ref = query['ref'] ?? state.defaultBranch;
  const commit = state.git.resolve(ref);
  if (commit === undefined) return refuse(404, `No commit found for the ref ${ref}`);
  const path = (params['path'] ?? '').replace(/^\/+|\/+$/g, '');
  let here = { mode: '040000', oid: state.git.get(commit, 'commit')?.tree ?? '' };
  for (const step of path.split('/').filter((part) => part !== '')) {
    const line = isFolder(here.mode)
      ? state.git.get(here.oid, 'tree')?.lines.find(({ name }) => name === step)
      : undefined;
    if (line === undefined) return notFound();
    here = line;
  }
  if (isFolder(here.mode)) return { status: 200, body: folderJson(state, { ref, path, tree: here.oid }) };
  if (!RAW.test(accept)) return fileReply(state, { ref, path, oid: here.oid });
  return { status: 200, body: String(state.git.get(here.oid, 'blob')?.bytes ?? '') };
}

function fileReply(
  state: GitHubState,
  { ref, path, oid }: { ref: string; path: string; oid: string },
): RestReply {
  const bytes = state.git.get(oid, 'blob')?.bytes ?? Buffer.alloc(0);
  if (bytes.length > LARGEST)
    return refuse(403, 'This API returns blobs up to 100 MB in size.', [
      { resource: 'Blob', field: 'data', code: 'too_large' },
    ]);
  const large = bytes.length > LARGEST_INLINE;
  return {
    status: 200,
    body: {
      ...entryJson(state, { ref, path, oid }),
      type: 'file',
      size: bytes.length,
      encoding: large ? 'none' : 'base64',
      content: large ? '' : wrapped(bytes),
    },
  };
}

function folderJson(
  state: GitHubState,
  { ref, path, tree }: { ref: string; path: string; tree: string },
): unknown {
  return (state.git.get(tree, 'tree')?.lines ?? []).map(({ mode, name, oid }) => ({
    ...entryJson(state, { ref, path: path === '' ? name : `${path}/${name}`, oid }),
    type: isFolder(mode) ? 'dir' : 'file',
    size: state.git.get(oid, 'blob')?.bytes.length ?? 0,
  }));
}

function entryJson(
  state: GitHubState,
  { ref, path, oid }: { ref: string; path: string; oid: string },
): Record<string, unknown> {
  const api = `${state.url}${repositoryPath(state)}`;
  const self = `${api}/contents/${path}?ref=${ref}`;
  const git = `${api}/git/blobs/${oid}`;
  const html = `${state.web}/${state.owner}/${state.name}/blob/${ref}/${path}`;
  return {
    name: path.split('/').at(-1),
    path,
    sha: oid,
    url: self,
    git_url: git,
    html_url: html,
    download_url: `${state.web}/raw/${ref}/${path}`,
    _links: { self, git, html },
  };
}
