import * as z from 'zod';

/** A deployment as GitHub answers it; its payload may be an object, or JSON in a string, even twice. */
export const deploymentSchema = z.object({
  id: z.int().positive(),
  payload: z.unknown(),
});
export type KnownDeployment = z.infer<typeof deploymentSchema>;

const payloadSchema = z.object({ operation: z.string() });

/** The deployment of an operation, the oldest where there are several; payloads that others wrote are passed over. */
export function deploymentOf(
  deployments: readonly KnownDeployment[],
  operation: string,
): KnownDeployment | undefined {
  const ours = deployments.filter(({ payload }) => operationIn(payload) === operation);
  return ours.toSorted((a, b) => a.id - b.id)[0];
}

function operationIn(payload: unknown): string | undefined {
  let value = payload;
  for (let layers = 0; typeof value === 'string' && layers < 3; layers++) value = parsed(value);
  const known = payloadSchema.safeParse(value);
  return known.success ? known.data.operation : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
