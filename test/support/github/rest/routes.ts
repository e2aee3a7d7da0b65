import { artifactRoutes } from './artifact-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { commitRoutes } from './commit-routes.ts';
import { contentRoutes } from './content-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { deploymentStatusRoutes } from './deployment-status-routes.ts';
import { gitRoutes } from './git-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { pullRoutes } from './pull-routes.ts';
import { reactionRoutes } from './reaction-routes.ts';
import { refRoutes } from './ref-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import type { Route } from './route.ts';
import { runRoutes } from './run-routes.ts';
import { workflowRoutes } from './workflow-routes.ts';

/** Everything of the REST API that the fake knows. */
export const ROUTES: readonly Route[] = [
  ...repositoryRoutes,
  ...contentRoutes,
  ...commitRoutes,
  ...gitRoutes,
  ...refRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...reactionRoutes,
  ...pullRoutes,
  ...deploymentRoutes,
  ...deploymentStatusRoutes,
  ...checkRoutes,
  ...workflowRoutes,
  ...runRoutes,
  ...artifactRoutes,
];

/** A route and what its path said. */
export interface FoundRoute {
  route: Route;
  params: Readonly<Record<string, string>>;
}

/** Parameters that may hold slashes. */
const LONG = ['ref', 'path', 'branch', 'basehead'];

const COMPILED = ROUTES.map((route) => {
  const [method = '', template = ''] = route.operation.split(' ');
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const pattern = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    LONG.includes(name) ? '(.+)' : '([^/]+)',
  );
  return { route, method, names, pattern: new RegExp(`^${pattern}$`) };
  // Literal paths come before those with parameters, and longer templates before shorter ones.
}).sort(
  (left, right) =>
    left.names.length - right.names.length || right.route.operation.length - left.route.operation.length,
);

/** The route of a method and an encoded path; `undefined` where the fake has none. */
export function findRoute(method: string, path: string): FoundRoute | undefined {
  for (const { route, method: wanted, names, pattern } of COMPILED) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match === null) continue;
    return {
      route,
      params: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')])),
    };
  }
  return undefined;
}
