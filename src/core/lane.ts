import { KnownGoodError } from './errors.ts';
import { seen } from './seen.ts';

/** One model in one environment: own tag, history, lock and known-good list. Lanes never wait for each other. */
export interface Lane {
  model: string;
  environment: string;
}

/** Names of models and environments: they are folder names in the ledger, so they are kept plain. */
export const LANE_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/;

/** `MODEL/ENVIRONMENT`, as it is written everywhere. */
export function formatLane({ model, environment }: Lane): string {
  return `${model}/${environment}`;
}

/**
 * Parses `[MODEL/]ENVIRONMENT`; the model may be left out where there is one. Anything else is a `usage` error that lists
 * the models or says what was seen.
 */
export function parseLane(text: string, models: readonly string[]): Lane {
  const parts = text.split('/');
  const [first = '', second] = parts;
  if (parts.length > 2 || !parts.every((part) => LANE_NAME.test(part))) {
    throw new KnownGoodError('usage', `Not a lane: saw ${seen(text)}, expected [MODEL/]ENVIRONMENT.`);
  }
  if (second !== undefined) return { model: first, environment: second };
  if (models.length === 1) return { model: models[0] as string, environment: first };
  const known = models.map((model) => `${model}/${first}`).join(', ');
  throw new KnownGoodError(
    'usage',
    `Which model in ${first}? The config has ${models.length}; write one of: ${known || 'MODEL/ENVIRONMENT'}.`,
  );
}
