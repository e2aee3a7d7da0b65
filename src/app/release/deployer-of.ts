import type { Deployer, DeployerBy } from '../../core/ports.ts';

/** One deployer a way. Without one for workflows, a deployment by workflow is `failed`, with what to do. */
export interface Deployers {
  command: DeployerBy<'command'>;
  workflow?: DeployerBy<'workflow'> | undefined;
}

/** A deployer that picks the one for the way that a policy asks for. */
export function deployerOf({ command, workflow }: Deployers): Deployer {
  return {
    deploy: (how, request) => {
      switch (how.kind) {
        case 'command':
          return command.deploy(how, request);
        case 'workflow':
          return (
            workflow?.deploy(how, request) ??
            Promise.resolve({ kind: 'failed', message: without(how.workflow) })
          );
        default:
          return how satisfies never;
      }
    },
  };
}

function without(workflow: string): string {
  return `The workflow ${workflow} was not started: that takes a token of GitHub, and there is none here. Run it by the bot or the action, or set GITHUB_TOKEN and GITHUB_REPOSITORY.`;
}
