import {
  createWorkflowDeployer,
  type WorkflowDeployerOptions,
} from '../../../src/adapters/github/deployer/create-workflow-deployer.ts';
import { createWorkflows } from '../../../src/adapters/github/workflows.ts';
import { digestOf } from '../../../src/core/digest.ts';
import type { DeployRequest } from '../../../src/core/ports.ts';
import type { RunRecord } from '../../support/github/records.ts';
import { connected } from './connected.ts';

const MINUTE = 60_000;
export const how = { kind: 'workflow', workflow: 'deploy.yml', timeoutMs: 30 * MINUTE } as const;
export const request: DeployRequest = {
  model: 'bank',
  environment: 'prod',
  image: 'ghcr.io/acme/bank',
  digest: digestOf('image'),
  sha: 'a'.repeat(40),
  version: '1.8.0',
  seq: 12,
  operation: 'op-12',
};
export const title = (inputs: Readonly<Record<string, string>>) =>
  `deploy ${inputs['model']}/${inputs['environment']} #${inputs['seq']} ${inputs['version']} ${inputs['operation']}`;

/** A deploy workflow whose run goes on by one step at every wait. */
export async function scene(
  steps: ((run: RunRecord) => void)[] = [(run) => run.finish('success')],
  options: Pick<WorkflowDeployerOptions, 'defaultRef'> = { defaultRef: 'main' },
) {
  const { github, client, timer, sleeps, hooks } = await connected();
  const told: string[] = [];
  const progress = (line: string) => void told.push(line);
  const workflows = createWorkflows(client, timer);
  const deployer = createWorkflowDeployer({ client, workflows, timer, progress, ...options });
  github.workflow('deploy.yml', { returnRunDetails: true, runName: title });
  const runs = () => [...github.runs.values()];
  hooks.onSleep = () => {
    const run = runs().find(({ title, status }) => title.endsWith(' op-12') && status !== 'completed');
    if (run !== undefined) steps.shift()?.(run);
  };
  const add = (seq: number, changes: Partial<RunRecord> = {}) =>
    github.run({ workflow: 'deploy.yml', title: `deploy bank/prod #${seq} 1.7.0 op-${seq}`, ...changes });
  const deploy = (changes: Partial<DeployRequest> = {}) => deployer.deploy(how, { ...request, ...changes });
  return { github, deployer, deploy, add, runs, told, sleeps, hooks };
}
