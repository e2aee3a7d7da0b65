import * as z from 'zod';
import type { Files } from '../../core/ports.ts';

const MOST_BYTES = 2 ** 24;
const schema = z.object({ repository: z.object({ default_branch: z.string().min(1).max(250) }) });

/** What a run of GitHub Actions is told about itself. */
export interface EventFacts {
  /** Name of the event, such as `push`; absent outside of Actions. */
  name: string | undefined;
  /** `refs/heads/…`; absent where the event does not say. */
  defaultRef: string | undefined;
}

/** Reads them from the variables and the event's file; a file that is not there or says something else tells nothing, and is no error. */
export async function readEventFacts(
  env: Readonly<Record<string, string | undefined>>,
  files: Pick<Files, 'readText'>,
): Promise<EventFacts> {
  const path = env['GITHUB_EVENT_PATH'] || undefined;
  const text = path === undefined ? undefined : await files.readText(path, MOST_BYTES).catch(() => undefined);
  const branch = text === undefined ? undefined : defaultBranchIn(text);
  return {
    name: env['GITHUB_EVENT_NAME'] || undefined,
    defaultRef: branch === undefined ? undefined : `refs/heads/${branch}`,
  };
}

function defaultBranchIn(text: string): string | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.repository.default_branch : undefined;
  } catch {
    return undefined;
  }
}
