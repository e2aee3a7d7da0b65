import { deployFindings } from './deploy-findings.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { good, missing, unsure, type Finding } from './finding.ts';
import { laneFindings } from './lane-findings.ts';
import { ledgerFindings } from './ledger-findings.ts';
import { workflowFindings } from './workflow-findings.ts';

const OLDEST_NODE = [20, 19] as const;

/** Everything that was checked, in the order in which one would set it up. */
export function doctorFindings(facts: DoctorFacts): Finding[] {
  return [
    nodeFinding(facts.node),
    remoteFinding(facts.remote),
    configFinding(facts.config),
    ...workflowFindings(facts),
    ...ledgerFindings(facts),
    ...laneFindings(facts),
    ...deployFindings(facts),
  ];
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (isEnough) return good('node', `Node ${version}.`);
  return missing('node', `Node ${version} is too old.`, `Install Node ${OLDEST_NODE.join('.')} or newer.`);
}

function remoteFinding(remote: DoctorFacts['remote']): Finding {
  if (remote !== undefined)
    return good('remote', `origin is ${remote.owner}/${remote.name} at ${remote.host}.`);
  const message = 'The git remote origin is not there, or no repository on a forge.';
  return unsure('remote', message, 'Push this repository to GitHub; without it the ledger is a branch here.');
}

function configFinding(config: DoctorFacts['config']): Finding {
  switch (config.kind) {
    case 'read':
      return good('config', `${config.path} is valid.`);
    case 'absent':
      return missing('config', `There is no ${config.path}.`, 'Write one: known-good init');
    case 'broken':
      return missing('config', config.problems.join(' '), 'Correct it, and run doctor again.');
    default:
      return config satisfies never;
  }
}
