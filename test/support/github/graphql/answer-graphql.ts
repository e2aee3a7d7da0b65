import type { DocumentNode, ExecutionResult, GraphQLError } from 'graphql';
import { buildSchema, execute, GraphQLError as SchemaError, parse, validate } from 'graphql';
import { fixtureText } from '../fixture-text.ts';
import type { GitHubState } from '../github-state.ts';
import type { TokenRecord } from '../records.ts';
import type { RestReply } from '../rest/route.ts';
import { refuse } from '../rest/route.ts';
import type { CreateCommitInput } from './create-commit.ts';
import { createCommit } from './create-commit.ts';
import type { Value } from './git-values.ts';
import { repositoryValue, typedError } from './repository-value.ts';

const SCHEMA = buildSchema(fixtureText('schema.graphql'));

/** A GraphQL request, as it was posted. */
export interface GraphQLRequest {
  query: string;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

/** Reads the body of a GraphQL request; `undefined` where it is none. */
export function parseGraphQL(body: unknown): GraphQLRequest | undefined {
  if (typeof body !== 'object' || body === null || !('query' in body) || typeof body.query !== 'string')
    return undefined;
  const { operationName, variables } = body as {
    operationName?: string;
    variables?: Record<string, unknown>;
  };
  return {
    query: body.query,
    operationName: operationName ?? nameOf(body.query),
    variables: variables ?? {},
  };
}

/** The name of the first operation, where it has one. */
function nameOf(query: string): string | undefined {
  return /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1];
}

/** Answers a GraphQL request. Nearly everything that goes wrong is told with HTTP 200, as GitHub does. */
export async function answerGraphQL(
  state: GitHubState,
  token: TokenRecord,
  request: GraphQLRequest | undefined,
): Promise<RestReply> {
  if (request === undefined) return refuse(400, 'A query attribute must be specified and must be a string.');
  const parsed = parsedOf(request.query);
  if ('error' in parsed) return wrong(state, request, [parsed.error]);
  const broken = validate(SCHEMA, parsed.document);
  if (broken.length > 0) return wrong(state, request, broken);
  const result = await execute({
    schema: SCHEMA,
    document: parsed.document,
    rootValue: rootOf(state, token),
    variableValues: request.variables,
    operationName: request.operationName ?? null,
  });
  // Without data and without a type of ours, graphql-js refused the variables.
  const untyped = (result.errors ?? []).filter((error) => error.extensions['type'] === undefined);
  if (untyped.length > 0) return wrong(state, request, untyped);
  return { status: 200, body: shown(result) };
}

function parsedOf(query: string): { document: DocumentNode } | { error: GraphQLError } {
  try {
    return { document: parse(query) };
  } catch (error) {
    return { error: error instanceof SchemaError ? error : new SchemaError(String(error)) };
  }
}

function wrong(
  state: GitHubState,
  { operationName }: GraphQLRequest,
  errors: readonly GraphQLError[],
): RestReply {
  for (const { message } of errors)
    state.problems.push(
      `GraphQL ${operationName ?? 'without a name'}: ${message} (schema.graphql is a subset: see extract-schema.mjs)`,
    );
  return { status: 200, body: { errors: errors.map(({ message, locations }) => ({ message, locations })) } };
}

/** GitHub puts the type beside the message. */
function shown({ data, errors }: ExecutionResult): unknown {
  if (errors === undefined) return { data };
  return {
    data,
    errors: errors.map(({ message, path, locations, extensions }) => ({
      type: extensions['type'],
      path,
      locations,
      message,
    })),
  };
}

function rootOf(state: GitHubState, token: TokenRecord): Value {
  return {
    id: 'Q',
    viewer: { id: `U_${token.login}`, login: token.login },
    repository: (asked: { owner: string; name: string }) => {
      if (token.permissions.contents === undefined)
        throw typedError('FORBIDDEN', 'Resource not accessible by integration');
      return repositoryValue(state, token, asked);
    },
    createCommitOnBranch: ({ input }: { input: CreateCommitInput }) => createCommit(state, token, input),
    rateLimit: {
      cost: 1,
      limit: 1000,
      nodeCount: 0,
      remaining: 999,
      resetAt: state.clock.now().toISOString(),
      used: 1,
    },
  };
}
