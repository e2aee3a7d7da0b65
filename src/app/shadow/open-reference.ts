import { KnownGoodError, messageChain } from '../../core/errors.ts';
import type { LoadedSource, LogColumn } from '../../core/sql-engine.ts';
import type { OpenLog } from './open-log.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** The training reference as the relation `reference`, or why there is none. */
export type Reference = { loaded: LoadedSource } | { loaded: undefined; why: string };

/** Reads the features of the reference that the log has. One that was asked for and cannot be read is an error; a default one is left out, and says so. */
export async function openReference(
  { session, features }: OpenLog,
  request: ShadowRequest,
): Promise<Reference> {
  const { reference: path, referenceAsked } = request;
  if (path === undefined)
    return { loaded: undefined, why: 'No training reference was named (shadow.reference, or data.train).' };
  if (features.length === 0)
    return { loaded: undefined, why: `The log has no column of the reference ${JSON.stringify(path)}.` };
  const columns = features.map(({ name, as }): LogColumn => ({
    name: as,
    from: name,
    kind: 'auto',
    optional: true,
  }));
  try {
    return { loaded: await session.load({ relation: 'reference', paths: [path], columns, maxRejected: 0 }) };
  } catch (error) {
    if (referenceAsked || !(error instanceof KnownGoodError)) throw error;
    return { loaded: undefined, why: messageChain(error)[0] ?? 'The training reference cannot be read.' };
  }
}
