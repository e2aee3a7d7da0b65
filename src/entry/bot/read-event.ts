import { nodeFiles } from '../../adapters/files/node-files.ts';
import { parseEvent, type BotEvent } from '../../commands/event.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { parseStrictJson } from '../../core/json.ts';

/** GitHub's payloads have at most 25 MB. */
const MOST_BYTES = 25 * 2 ** 20;

/** Reads the event that started a run from its file. `command`: the input, which on `workflow_dispatch` wins over that of the payload. */
export async function readEvent(
  path: string,
  { name, command }: { name: string; command: string | undefined },
): Promise<BotEvent> {
  const text = await nodeFiles.readText(path, MOST_BYTES);
  if (text === undefined) throw new KnownGoodError('input', `There is no event at ${JSON.stringify(path)}.`);
  const payload = parseStrictJson(text, { name: 'the event', maxBytes: MOST_BYTES });
  if (command === undefined || name !== 'workflow_dispatch') return parseEvent(name, payload);
  const inputs = { command };
  return parseEvent(name, typeof payload === 'object' && payload !== null ? { ...payload, inputs } : payload);
}
