import type { Signature } from '../git-objects.ts';
import { isFolder } from '../git-objects.ts';
import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, reads, refuse, writes } from './route.ts';

const GIT = '/repos/{owner}/{repo}/git';

/** Blobs, trees and commits of the Git data API. */
export const gitRoutes: readonly Route[] = [
  { operation: `POST ${GIT}/blobs`, needs: writes('contents'), answer: createBlob },
  { operation: `GET ${GIT}/blobs/{file_sha}`, needs: reads('contents'), answer: readBlob },
  { operation: `POST ${GIT}/trees`, needs: writes('contents'), answer: createTree },
  { operation: `GET ${GIT}/trees/{tree_sha}`, needs: reads('contents'), answer: readTree },
  { operation: `POST ${GIT}/commits`, needs: writes('contents'), answer: createCommit },
  { operation: `GET ${GIT}/commits/{commit_sha}`, needs: reads('contents'), answer: readCommit },
];

function createBlob({ state, body }: RestCall): RestReply {
  const { content, encoding } = body as { content: string; encoding?: string };
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  const sha = state.git.put({ kind: 'blob', bytes });
  return { status: 201, body: { sha, url: `${state.url}${repositoryPath(state)}/git/blobs/${sha}` } };
}

function readBlob({ state, params }: RestCall): RestReply {
  const sha = params['file_sha'] ?? '';
  const blob = state.git.get(sha, 'blob');
  if (blob === undefined) return notFound();
  const url = `${state.url}${repositoryPath(state)}/git/blobs/${sha}`;
  const content = wrapped(blob.bytes);
  return {
    status: 200,
    body: { sha, url, node_id: `B_${sha}`, size: blob.bytes.length, content, encoding: 'base64' },
  };
}

/** Base64 in lines of sixty, as GitHub sends it. */
export function wrapped(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{60}/g, '$&\n').concat('\n');
}

interface PostedEntry {
  path: string;
  mode: string;
  type: string;
  sha?: string | null;
  content?: string;
}

function createTree({ state, body }: RestCall): RestReply {
  const { tree, base_tree } = body as { tree: PostedEntry[]; base_tree?: string };
  if (tree.length === 0) return refuse(422, 'Invalid tree info');
  const base = base_tree === undefined ? undefined : treeOf(state, base_tree);
  if (base_tree !== undefined && base === undefined) return notFound();
  const files = base === undefined ? new Map() : state.git.files(base);
  for (const entry of tree) {
    const { path, mode = '100644' } = entry;
    if (entry.sha === null) files.delete(path);
    else {
      const oid = entry.sha ?? state.git.put({ kind: 'blob', bytes: Buffer.from(entry.content ?? '') });
      if (!state.git.objects.has(oid)) return refuse(422, `tree.sha ${oid} is not a valid blob`);
      files.set(path, { mode, oid });
    }
  }
  const sha = state.git.putFiles(files);
  return { status: 201, body: treeJson(state, sha, false) };
}

/** The tree of an id or ref name, of a tree or of a commit. */
function treeOf(state: GitHubState, name: string): string | undefined {
  if (state.git.get(name, 'tree') !== undefined) return name;
  const commit = state.git.resolve(name);
  return commit === undefined ? undefined : state.git.get(commit, 'commit')?.tree;
}

function readTree({ state, params, query }: RestCall): RestReply {
  const sha = treeOf(state, params['tree_sha'] ?? '');
  if (sha === undefined) return notFound();
  return { status: 200, body: treeJson(state, sha, query['recursive'] !== undefined) };
}

function treeJson(state: GitHubState, sha: string, recursive: boolean): unknown {
  const api = `${state.url}${repositoryPath(state)}/git`;
  const lines = (tree: string, folder: string): unknown[] =>
    (state.git.get(tree, 'tree')?.lines ?? []).flatMap(({ mode, name, oid }) => {
      const path = `${folder}${name}`;
      if (!isFolder(mode)) {
        const size = state.git.get(oid, 'blob')?.bytes.length ?? 0;
        return [{ path, mode, type: 'blob', sha: oid, size, url: `${api}/blobs/${oid}` }];
      }
      const self = { path, mode, type: 'tree', sha: oid, url: `${api}/trees/${oid}` };
      return recursive ? [self, ...lines(oid, `${path}/`)] : [self];
    });
  return { sha, url: `${api}/trees/${sha}`, tree: lines(sha, ''), truncated: false };
}

function createCommit({ state, token, body }: RestCall): RestReply {
  const posted = body as {
    message: string;
    tree: string;
    parents?: string[];
    author?: Partial<Signature>;
    committer?: Partial<Signature>;
  };
  if (state.git.get(posted.tree, 'tree') === undefined) return refuse(422, 'Tree SHA does not exist');
  const parents = posted.parents ?? [];
  if (parents.some((parent) => state.git.get(parent, 'commit') === undefined))
    return refuse(422, 'Parent SHA does not exist or is not a commit object');
  const self = signatureOf(state, token.login);
  const author = { ...self, ...posted.author };
  const committer = { ...author, ...posted.committer };
  const { tree, message } = posted;
  const sha = state.git.put({ kind: 'commit', tree, parents, author, committer, message });
  return { status: 201, body: gitCommitJson(state, sha) };
}

/** How GitHub signs for a user. */
export function signatureOf(state: GitHubState, login: string): Signature {
  return { name: login, email: `${login}@users.noreply.example`, date: stamp(state) };
}

function readCommit({ state, params }: RestCall): RestReply {
  const sha = params['commit_sha'] ?? '';
  if (state.git.get(sha, 'commit') === undefined) return notFound();
  return { status: 200, body: gitCommitJson(state, sha) };
}

/** A commit of the Git data API. */
export function gitCommitJson(state: GitHubState, sha: string): Record<string, unknown> | undefined {
  const commit = state.git.get(sha, 'commit');
  if (commit === undefined) return undefined;
  const api = `${state.url}${repositoryPath(state)}/git`;
  const html = `${state.web}/${state.owner}/${state.name}/commit`;
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${api}/commits/${sha}`,
    html_url: `${html}/${sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${html}/${parent}`,
    })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}
