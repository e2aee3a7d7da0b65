import type { Parameter } from './openapi-subset.ts';
import { faultsOf, operationOf, parametersOf } from './openapi-subset.ts';
import type { FoundRoute } from './rest/routes.ts';
import type { SeenRequest } from './seen-request.ts';

/** What GitHub's official description does not allow about a request, one sentence each; empty where it allows all. */
export function requestProblems(request: SeenRequest, found: FoundRoute | undefined): readonly string[] {
  const name = `${request.method} ${request.path}`;
  const operation = found === undefined ? undefined : operationOf(found.route.operation);
  if (found === undefined || operation === undefined)
    return [`${name} is none of the operations that the fake knows (test/fixtures/github/operations.mjs).`];
  const parameters = parametersOf(operation);
  const faults = [
    ...parameters
      .filter((parameter) => parameter.in === 'path')
      .flatMap((parameter) => parameterFaults(parameter, found.params[parameter.name])),
    ...queryFaults(parameters, request.query),
    ...bodyFaults(operation.requestBody, request.body),
  ];
  return faults.map((fault) => `${name}: ${fault}.`);
}

function queryFaults(
  parameters: readonly Parameter[],
  query: Readonly<Record<string, string>>,
): readonly string[] {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const unknown = Object.keys(query).filter((key) => !known.some(({ name }) => name === key));
  return [
    ...unknown.map((key) => `the query parameter ${key} is unknown`),
    ...known.flatMap((parameter) => parameterFaults(parameter, query[parameter.name])),
  ];
}

/** Where the description is known to be wrong: `created` takes a range, `>=TIME` or `FROM..TO`, as its prose says. */
const LOOSE = ['created'];

function parameterFaults({ name, required, schema }: Parameter, text: string | undefined): readonly string[] {
  if (text === undefined) return required === true ? [`the parameter ${name} is missing`] : [];
  if (LOOSE.includes(name)) return [];
  const value = read(schema, text);
  return faultsOf(schema, value, { closed: false }).map(
    (fault) => `the parameter ${name} is ${JSON.stringify(text)}: ${fault}`,
  );
}

/** The text of a parameter as what the description says that it is. */
function read(schema: Readonly<Record<string, unknown>>, text: string): unknown {
  const types = [
    schema['type'],
    ...((schema['oneOf'] as { type: string }[] | undefined)?.map(({ type }) => type) ?? []),
  ];
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

function bodyFaults(
  described:
    | { required?: boolean; content: Record<string, { schema: Readonly<Record<string, unknown>> }> }
    | undefined,
  body: unknown,
): readonly string[] {
  const schema = described?.content['application/json']?.schema;
  if (body === undefined) return described?.required === true ? ['it has no body'] : [];
  if (schema === undefined) return ['it has a body, and the description knows none'];
  return faultsOf(schema, body, { closed: true }).map((fault) => `in the body, ${fault}`);
}
