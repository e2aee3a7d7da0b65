import type { Config } from '../../config/config-schema.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import { Refused } from './refused.ts';

/** The model that a comment means: the named one, else the only one. Rejects with `Refused`, which lists the models that there are. */
export function modelMeant(config: Config, name: string | undefined): string {
  const names = Object.keys(config.models);
  const [only] = names;
  if (name === undefined && only !== undefined && names.length === 1) return only;
  if (name !== undefined && Object.hasOwn(config.models, name)) return name;
  throw new Refused(name === undefined ? unsaid(names) : unknown(name, names), {
    words: 'NOT DONE',
    rest: `${name === undefined ? 'which model is meant is not said' : 'there is no such model'}; nothing was started`,
  });
}

function unsaid(names: readonly string[]): string {
  return `The config has ${names.length} models (${listNames(names)}). Say which one: /shadow MODEL.`;
}

function unknown(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  const hint = near === undefined ? '' : ` Did you mean /shadow ${near}?`;
  return `The config has no model ${quote(name)}; there are: ${listNames(names)}.${hint}`;
}
