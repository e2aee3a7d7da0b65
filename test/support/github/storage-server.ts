import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { GitHubState } from './github-state.ts';

/** The host that keeps the zips of artifacts. A GitHub token that reaches it is a leak: it is refused and a problem. */
export function createStorageServer(state: Pick<GitHubState, 'artifacts' | 'problems'>): Server {
  return createServer(({ url = '/', headers, method }, response) => {
    if (headers.authorization !== undefined) {
      state.problems.push(`An Authorization header was sent to the artifact storage: ${method} ${url}.`);
      return void response.writeHead(401).end('InvalidAuthenticationInfo');
    }
    const [, id, signature] = /^\/artifacts\/(\d+)\.zip\?sig=(\d+)$/.exec(url) ?? [];
    const artifact = id === signature ? state.artifacts.get(Number(id)) : undefined;
    if (artifact === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/zip', 'content-length': artifact.zip.length });
    response.end(artifact.zip);
  });
}
