import { parse } from 'yaml';
import * as z from 'zod';

/** A job of a workflow, as far as its permissions go. */
export interface WorkflowJob {
  name: string;
  /** What it uses, in order: `owner/name/folder@ref`, and the input `lane` where it is given as a text. */
  uses: readonly { action: string; lane: string | undefined }[];
  /** By scope; `undefined` where neither the job nor the workflow says, and the repository's setting holds. */
  permissions: Readonly<Record<string, string>> | 'read-all' | 'write-all' | undefined;
}

/** A workflow of GitHub Actions, as far as it is looked at. */
export interface Workflow {
  runName: string | undefined;
  /** The events that start it. */
  events: readonly string[];
  /** Inputs of `workflow_dispatch`. */
  inputs: readonly string[];
  jobs: readonly WorkflowJob[];
}

const permissions = z.union([z.enum(['read-all', 'write-all']), z.record(z.string(), z.string())]).nullish();
const dispatch = z.object({ inputs: z.record(z.string(), z.unknown()).nullish() });
const step = z.object({
  uses: z.string().optional(),
  with: z.object({ lane: z.string().optional() }).optional().catch(undefined),
});
const schema = z.object({
  'run-name': z.string().nullish(),
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  permissions,
  jobs: z.record(z.string(), z.object({ permissions, steps: z.array(step).optional() })),
});

/** Reads a workflow; `undefined` for a text that is none. Nothing but what is looked at has to be right. */
export function parseWorkflow(text: string): Workflow | undefined {
  const parsed = schema.safeParse(dataOf(text));
  if (!parsed.success) return undefined;
  const { on, jobs, permissions: usual } = parsed.data;
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);
  const asked =
    typeof on === 'object' && !Array.isArray(on) ? dispatch.safeParse(on['workflow_dispatch']) : undefined;
  return {
    runName: parsed.data['run-name'] ?? undefined,
    events,
    inputs: Object.keys(asked?.data?.inputs ?? {}),
    jobs: Object.entries(jobs).map(([name, job]) => ({
      name,
      uses: (job.steps ?? []).flatMap(({ uses, with: inputs }) =>
        uses === undefined ? [] : [{ action: uses, lane: inputs?.lane }],
      ),
      permissions: job.permissions ?? usual ?? undefined,
    })),
  };
}

function dataOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
