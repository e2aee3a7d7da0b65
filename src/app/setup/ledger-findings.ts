import type { DoctorFacts } from './doctor-facts.ts';
import { good, missing, unsure, type Finding } from './finding.ts';
import { withheldToken } from './withheld-token.ts';

const BRANCH = 'known-good-ledger';
/** Rules of a branch that keep commits by API from it, however well meant. */
const BLOCKING = [
  'pull_request',
  'update',
  'required_status_checks',
  'required_deployments',
  'merge_queue',
  'workflows',
];
const PROTECT = `Add a ruleset for ${BRANCH} with "Restrict deletions" and "Block force pushes", and nothing else (Settings, Rules).`;

/** The ledger's branch: there or creatable, and protected against whoever would rewrite it. */
export function ledgerFindings({
  ledger,
  forge,
  withheldFrom,
}: Pick<DoctorFacts, 'ledger' | 'forge' | 'withheldFrom'>): Finding[] {
  const token = withheldFrom === undefined ? tokenFindings(forge) : [withheldFinding(withheldFrom)];
  return [...branchFindings(ledger), ...token, ...ruleFindings(forge, ledger)];
}

function branchFindings({ where, head }: DoctorFacts['ledger']): Finding[] {
  if (!head.known)
    return [
      unsure(
        'ledger',
        `The ledger could not be read: ${head.why}`,
        'See that this machine reaches it, or name another by --ledger.',
      ),
    ];
  if (head.value === undefined)
    return [good('ledger', `There is no ledger yet; the first command that writes makes it (${where}).`)];
  return [good('ledger', `The ledger is there: ${where}, at ${head.value.slice(0, 12)}.`)];
}

function withheldFinding(remote: NonNullable<DoctorFacts['remote']>): Finding {
  const { why, settle } = withheldToken(remote);
  return unsure('token', `GitHub was not asked: ${why}.`, settle);
}

function tokenFindings(forge: DoctorFacts['forge']): Finding[] {
  if (forge === undefined) {
    const message = 'GitHub was not asked: there is no GITHUB_TOKEN, or no repository to ask about.';
    return [unsure('token', message, 'Set GITHUB_TOKEN (gh auth token gives one), and run doctor again.')];
  }
  const { mayPush, repository } = forge;
  if (!mayPush.known)
    return [
      missing(
        'token',
        `The token does not get at ${repository}: ${mayPush.why}`,
        'Give it one that may read and write contents there.',
      ),
    ];
  if (mayPush.value === false)
    return [
      missing(
        'token',
        `The token may read ${repository} and not write to it, so it can keep no ledger there.`,
        'Give it contents: write.',
      ),
    ];
  const known = mayPush.value === true ? 'may read and write' : 'reads';
  return [good('token', `The token ${known} ${repository}.`)];
}

function ruleFindings(forge: DoctorFacts['forge'], { head }: DoctorFacts['ledger']): Finding[] {
  if (forge === undefined) return [];
  const { rules } = forge;
  if (!rules.known)
    return [
      unsure('ledger-rules', `Whether ${BRANCH} is protected could not be asked: ${rules.why}`, PROTECT),
    ];
  const blocking = BLOCKING.filter((type) => rules.value.includes(type));
  const creation =
    head.known && head.value === undefined && rules.value.includes('creation') ? ['creation'] : [];
  const lacking = [
    ...(rules.value.includes('non_fast_forward') ? [] : ['force-pushes']),
    ...(rules.value.includes('deletion') ? [] : ['deletion']),
  ];
  const against = [...blocking, ...creation];
  return [
    ...(against.length === 0
      ? []
      : [
          missing(
            'ledger-blocked',
            `A rule keeps the ledger from being written (${against.join(', ')}).`,
            `Exclude ${BRANCH} from that rule; each entry is one small commit by API.`,
          ),
        ]),
    lacking.length === 0
      ? good('ledger-rules', `${BRANCH} is protected against force-pushes and deletion.`)
      : missing(
          'ledger-rules',
          `${BRANCH} is not protected against ${lacking.join(' and ')}: whoever can push could rewrite history.`,
          PROTECT,
        ),
  ];
}
