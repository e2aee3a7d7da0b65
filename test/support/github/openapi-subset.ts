import { Ajv2019 } from 'ajv/dist/2019.js';
import type { ValidateFunction } from 'ajv/dist/2019.js';
import * as formats from 'ajv-formats';
import { fixtureText } from './fixture-text.ts';

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

type Schema = Readonly<Record<string, unknown>>;

interface Operation {
  operationId: string;
  parameters: readonly (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Readonly<Record<string, { schema?: Schema }>>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

const DESCRIPTION = JSON.parse(fixtureText('openapi-subset.json')) as Description;

const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false, unevaluated: true });
(formats.default as unknown as (ajv: Ajv2019) => void)(ajv);
ajv.addSchema({ $id: 'description', components: understood(DESCRIPTION.components) });

/** An operation of the description by method and path template; `undefined` where the subset has none. */
export function operationOf(name: string): Operation | undefined {
  const [method = '', path = ''] = name.split(' ');
  return DESCRIPTION.paths[path]?.[method.toLowerCase()];
}

/** The parameters of an operation, whether they stand there or are referred to. */
export function parametersOf(operation: Operation): readonly Parameter[] {
  return operation.parameters.map((parameter) =>
    '$ref' in parameter
      ? (DESCRIPTION.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] as Parameter)
      : parameter,
  );
}

const compiled = new Map<Schema, ValidateFunction>();

/** What is wrong with a value, in the words of ajv; empty where nothing is. `closed`: unknown properties are wrong. */
export function faultsOf(schema: Schema, value: unknown, { closed }: { closed: boolean }): readonly string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    const whole = understood(schema) as Schema;
    validate = ajv.compile((closed ? closedSchema(whole) : whole) as object);
    compiled.set(schema, validate);
  }
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const detail = Object.values(params as Record<string, unknown>)
      .filter((each) => typeof each === 'string')
      .join(', ');
    return `${instancePath === '' ? 'the whole' : instancePath} ${message ?? 'is wrong'}${detail === '' ? '' : ` (${detail})`}`;
  });
}

/** OpenAPI 3.0 as JSON Schema: `nullable` is another type, references lead into the description. */
function understood(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(understood);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node)
    .filter(([key]) => key !== 'nullable')
    .map(
      ([key, value]) => [key, key === '$ref' ? `description${String(value)}` : understood(value)] as const,
    );
  const rest = Object.fromEntries(entries);
  return 'nullable' in node && node.nullable === true ? { anyOf: [{ type: 'null' }, rest] } : rest;
}

/** Objects whose properties are listed have no others, whatever a branch of theirs says. */
function closedSchema(schema: Schema): Schema {
  const opened = withoutOpenEnds(schema) as Schema;
  return closedAt(opened) as Schema;
}

function withoutOpenEnds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutOpenEnds);
  if (typeof node !== 'object' || node === null) return node;
  const listed = 'properties' in node;
  const kept = Object.entries(node).filter(
    ([key, value]) => !(listed && key === 'additionalProperties' && value === true),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutOpenEnds(value)]));
}

const BRANCHES = ['anyOf', 'oneOf', 'allOf'];

/** Closes an object and those in its properties and items, but not the branches that describe the same object. */
function closedAt(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const schema = node as Record<string, unknown>;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties') return [key, mapped(value as Record<string, unknown>, closedAt)];
      if (key === 'items') return [key, closedAt(value)];
      if (BRANCHES.includes(key)) return [key, (value as unknown[]).map((branch) => closedBranch(branch))];
      return [key, value];
    }),
  );
  return 'properties' in schema ? { ...inner, unevaluatedProperties: false } : inner;
}

function closedBranch(branch: unknown): unknown {
  if (typeof branch !== 'object' || branch === null || !('properties' in branch)) return closedAt(branch);
  return { ...branch, properties: mapped(branch.properties as Record<string, unknown>, closedAt) };
}

function mapped(
  record: Record<string, unknown>,
  change: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
