import type { DeployRequest } from '../../../core/ports.ts';

/** What the title of a deployment's run says: `deploy MODEL/ENVIRONMENT #SEQ VERSION OPERATION`. */
export interface DeployTitle {
  model: string;
  environment: string;
  seq: number;
  version: string;
  operation: string;
}

const TITLE = /^deploy ([^\s/]{1,64})\/([^\s/]{1,64}) #(\d{1,15}) (.{1,200}) (\S{1,200})$/;

/** Reads the title of a run; `undefined` for anything else than a deployment's. A title is no proof: whoever may start the workflow chose it. */
export function parseDeployTitle(title: string): DeployTitle | undefined {
  const match = TITLE.exec(title);
  if (match === null) return undefined;
  const [, model = '', environment = '', seq, version = '', operation = ''] = match;
  return { model, environment, seq: Number(seq), version, operation };
}

/** The title as the starter workflow's `run-name` writes it. */
export function deployTitle({ model, environment, seq, version, operation }: DeployRequest): string {
  return `deploy ${model}/${environment} #${seq} ${version} ${operation}`;
}
