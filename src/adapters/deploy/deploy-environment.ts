import type { DeployRequest } from '../../core/ports.ts';

/** The environment's variables that a process was started with. */
export type Variables = Readonly<Record<string, string | undefined>>;

const SECRET_NAME = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|_KEY$|AUTH(?!OR)/i;
const SHORTEST_SECRET = 6;

/**
 * What a deploy command gets: our own variables, tokens included, as a deployment needs them, and the fixed inputs as `KG_*`.
 * `KG_SHA` is absent where the release names no commit.
 */
export function deployEnvironment(env: Variables, request: DeployRequest): Variables {
  const inputs = {
    KG_MODEL: request.model,
    KG_ENVIRONMENT: request.environment,
    KG_IMAGE: request.image,
    KG_DIGEST: request.digest,
    KG_SHA: request.sha,
    KG_VERSION: request.version,
    KG_SEQ: String(request.seq),
    KG_OPERATION: request.operation,
  };
  const all = Object.entries({ ...env, ...inputs });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** Values of variables whose names promise a secret: they are taken out of what the command prints, line by line. */
export function secretsOf(env: Variables): string[] {
  const values = Object.entries(env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value !== undefined ? value.split(/[\r\n]+/) : [],
  );
  return values.filter((value) => value.length >= SHORTEST_SECRET);
}
