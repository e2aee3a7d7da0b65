import { parse } from 'yaml';
import type { WorkflowRecord } from './records.ts';

/** The inputs that a workflow file declares for `workflow_dispatch`; `undefined` where it cannot be dispatched or declares none. */
export function workflowInputs(text: string): WorkflowRecord['inputs'] {
  const file = parse(text) as {
    on?: { workflow_dispatch?: { inputs?: Record<string, Declared | null> } };
  } | null;
  const declared = file?.on?.workflow_dispatch?.inputs;
  if (declared === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [name, declaredInput(input ?? {})]),
  );
}

interface Declared {
  required?: boolean;
  default?: unknown;
}

function declaredInput({ required, default: usual }: Declared): { required?: boolean; default?: string } {
  return {
    ...(required === undefined ? {} : { required }),
    ...(usual === undefined ? {} : { default: String(usual) }),
  };
}
