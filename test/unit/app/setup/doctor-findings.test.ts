import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyOf } from '../../../../src/app/release/policy-of.ts';
import type { DoctorFacts, LaneSeen } from '../../../../src/app/setup/doctor-facts.ts';
import { doctorFindings } from '../../../../src/app/setup/doctor-findings.ts';
import { exitCodeOfFindings } from '../../../../src/app/setup/finding.ts';
import { fillWorkflow } from '../../../../src/app/setup/fill-workflow.ts';
import { parseConfig } from '../../../../src/config/parse-config.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { known, unknown } from '../../../../src/core/fact.ts';

const folder = new URL('../../../../workflows/', import.meta.url);
const model = { name: 'bank', artifact: 'models/bank', image: 'ghcr.io/acme/bank' };
const action = { repository: 'acme/known-good', sha: '1'.repeat(40) };
const workflows = Object.fromEntries(
  readdirSync(folder).map((name) => {
    const template = readFileSync(new URL(name, folder), 'utf8');
    return [name, fillWorkflow(template, { model, facts: { defaultBranch: 'main' }, action })];
  }),
);

const CONFIG = `version: 1
models: { bank: { task: regression, artifact: m, image: ghcr.io/acme/bank, data: { test: { path: t.csv, label: y } } } }
environments:
  prod: { tag: prod, on_failure: rollback, verify: [{ get: 'https://bank.example/ready' }] }
`;
const lane = { model: 'bank', environment: 'prod' };
const policy = policyOf(parseConfig(CONFIG, 'known-good.yml'), lane);
const tag = known(digestOf('image'));
const seen = (more: Partial<LaneSeen> = {}): LaneSeen => ({
  lane,
  policy,
  tag,
  hasRelease: known(true),
  silent: [],
  ...more,
});
const byWorkflow = seen({
  policy: { ...policy, deploy: { kind: 'workflow', workflow: 'deploy.yml', timeoutMs: 1000 } },
});

const WELL: DoctorFacts = {
  node: '22.11.0',
  remote: { host: 'github.com', owner: 'acme', name: 'models' },
  config: { kind: 'read', path: '.github/known-good.yml' },
  workflows,
  ledger: { where: 'branch known-good-ledger of acme/models', head: known('a'.repeat(40)) },
  forge: {
    repository: 'acme/models',
    mayPush: known(true),
    rules: known(['deletion', 'non_fast_forward']),
    workflows: {},
  },
  lanes: [seen()],
};
const forge = WELL.forge as NonNullable<DoctorFacts['forge']>;
/** What is not well, as `id outcome: message → settle`. */
const trouble = (more: Partial<DoctorFacts>) =>
  doctorFindings({ ...WELL, ...more })
    .filter(({ outcome }) => outcome !== 'good')
    .map(({ id, outcome, message, settle }) => `${id} ${outcome}: ${message} → ${settle ?? ''}`);

describe('doctorFindings', () => {
  it('finds nothing where the starter workflows are used as they are', () => {
    expect(trouble({})).toEqual([]);
    expect(exitCodeOfFindings(doctorFindings(WELL))).toBe(0);
  });

  it.each<[string, Partial<DoctorFacts>, RegExp]>([
    ['an old node', { node: '18.20.0' }, /^node missing: Node 18\.20\.0 is too old\. → Install Node 20\.19/],
    ['no remote', { remote: undefined }, /^remote unknown: The git remote origin is not there/],
    [
      'no config',
      { config: { kind: 'absent', path: 'c.yml' } },
      /^config missing: There is no c\.yml\. → Write one: known-good init/,
    ],
    [
      'a broken config',
      { config: { kind: 'broken', path: 'c.yml', problems: ['c.yml has one problem:', 'c.yml:1:1 x'] } },
      /^config missing: c\.yml has one problem: c\.yml:1:1 x/,
    ],
    ['no workflow', { workflows: {} }, /^workflows missing: No workflow .* → Write them: known-good init/],
    [
      'a workflow that is none',
      { workflows: { ...workflows, 'x.yml': ': [' } },
      /^workflow-unreadable unknown: x\.yml/,
    ],
    [
      'no bot',
      { workflows: { 'gate-pull-request.yml': workflows['gate-pull-request.yml'] ?? '' } },
      /^bot missing: .*comments command nothing/,
    ],
    ['no lane', { lanes: [] }, /^lanes missing: .* → Add environments\.NAME\.tag and models\.NAME\.image/],
    ['no token', { forge: undefined }, /^token unknown: GitHub was not asked.* → Set GITHUB_TOKEN/],
    [
      'a token that was kept back',
      { forge: undefined, withheldFrom: { host: 'evil.example', owner: 'a', name: 'b' } },
      /^token unknown: GitHub was not asked: origin is at evil\.example, and no variable names that host, so the token was not sent there\. → If that is your GitHub, set GITHUB_SERVER_URL=https:\/\/evil\.example; if .*set GITHUB_REPOSITORY=a\/b\.$/,
    ],
    [
      'a token for nothing',
      { forge: { ...forge, mayPush: unknown('404.') } },
      /^token missing: The token does not get at acme\/models: 404\./,
    ],
    [
      'a token that reads',
      { forge: { ...forge, mayPush: known(false) } },
      /^token missing: .*may read .*→ Give it contents: write/,
    ],
    [
      'no rule',
      { forge: { ...forge, rules: known([]) } },
      /^ledger-rules missing: .*not protected against force-pushes and deletion/,
    ],
    [
      'half a rule',
      { forge: { ...forge, rules: known(['deletion']) } },
      /not protected against force-pushes:/,
    ],
    ['rules nobody tells', { forge: { ...forge, rules: unknown('403.') } }, /^ledger-rules unknown: .*403\./],
    [
      'a rule against the ledger',
      { forge: { ...forge, rules: known(['deletion', 'non_fast_forward', 'pull_request']) } },
      /^ledger-blocked missing: .*\(pull_request\)/,
    ],
    [
      'a ledger that is not read',
      { ledger: { where: 'x', head: unknown('No route.') } },
      /^ledger unknown: The ledger could not be read: No route\./,
    ],
    [
      'a registry that is silent',
      { lanes: [seen({ tag: unknown('No route.') })] },
      /^registry unknown: bank\/prod: ghcr\.io\/acme\/bank:prod could not be asked for: No route\./,
    ],
    [
      'something that serves already',
      { lanes: [seen({ hasRelease: known(false) })] },
      /^not-adopted missing: .* → .*known-good adopt bank\/prod --reason/,
    ],
    [
      'no probes',
      { lanes: [seen({ policy: { ...policy, probes: [] } })] },
      /^no-probes missing: .* → Add environments\.prod\.verify/,
    ],
    [
      'a silent server',
      { lanes: [seen({ silent: ['https://bank.example/ready'] })] },
      /^probes unknown: .*bank\.example/,
    ],
  ])('names %s', (_, more, expected) => {
    const [found = '', ...others] = trouble(more);
    expect(found).toMatch(expected);
    expect(others).toEqual([]);
  });

  it('takes a tag and a ledger that are not there yet for what they are', () => {
    const ledger = { where: 'x', head: known(undefined) };
    expect(trouble({ ledger, lanes: [seen({ tag: known(undefined), hasRelease: known(false) })] })).toEqual(
      [],
    );
    const rules = known(['deletion', 'non_fast_forward', 'creation']);
    expect(trouble({ ledger, forge: { ...forge, rules } })).toEqual([
      expect.stringMatching(/^ledger-blocked.*creation/),
    ]);
  });

  it('says 1 where something is missing, else 3 where something could not be told', () => {
    const code = (more: Partial<DoctorFacts>) => exitCodeOfFindings(doctorFindings({ ...WELL, ...more }));
    expect([code({ remote: undefined }), code({ remote: undefined, workflows: {} })]).toEqual([3, 1]);
  });
});

describe('doctorFindings: workflows', () => {
  const bot = workflows['bot.yml'] ?? '';
  const withBot = (text: string) => trouble({ workflows: { ...workflows, 'bot.yml': text } });

  it('wants the bot on the default branch, where GitHub looks for it', () => {
    const on = (text: string | undefined) =>
      trouble({ forge: { ...forge, workflows: { 'bot.yml': known(text) } } });
    expect(on(bot)).toEqual([]);
    expect(on(undefined)).toEqual([
      expect.stringMatching(/^bot missing: bot\.yml is not on the default branch/),
    ]);
  });

  it('asks every job for what its action needs, by what the config deploys and where its images are', () => {
    expect(withBot(bot.replace(/^ {6}packages: write.*\n/m, ''))).toEqual([
      expect.stringMatching(
        /^permissions missing: The job command of bot\.yml lacks what the release bot needs: packages: write\./,
      ),
    ]);
    const verify = (workflows['verify-on-schedule.yml'] ?? '').replace('contents: write', 'contents: read');
    expect(trouble({ workflows: { ...workflows, 'verify-on-schedule.yml': verify } })).toEqual([
      expect.stringMatching(/lacks what actions\/verify needs: contents: write/),
    ]);
    const reading = bot.replace('actions: write', 'actions: read');
    expect(withBot(reading)).toEqual([]);
    const all = { ...workflows, 'bot.yml': reading };
    const there = { ...forge, workflows: { 'deploy.yml': known(workflows['deploy.yml']) } };
    expect(trouble({ workflows: all, lanes: [byWorkflow], forge: there })).toEqual([
      expect.stringMatching(/the release bot needs: actions: write/),
    ]);
  });

  describe('where a lane asks for approvals, whose comments are read again', () => {
    const approved = seen({ policy: { ...policy, approvals: 2 } });
    const staging = seen({ lane: { model: 'bank', environment: 'staging' } });
    const name = 'release-on-merge.yml';
    const merge = workflows[name] ?? '';
    const withMerge = (text: string, lanes: LaneSeen[]) =>
      trouble({ workflows: { ...workflows, [name]: text }, lanes });
    const promoting = (lane: string) => merge.replace(/(actions\/promote@.*\n.*\n +lane: ).*/, `$1${lane}`);
    const lacking = expect.stringMatching(
      /^permissions missing: The job release of release-on-merge\.yml lacks what actions\/promote needs: issues: read, pull-requests: read\./,
    );

    it.each(['bank/prod', 'prod', '${{ matrix.lane }}', 'bank/elsewhere', '[prod]'])(
      'asks for issues and pull-requests of a job that promotes to %s',
      (lane) => {
        expect(withMerge(promoting(lane), [staging, approved])).toEqual([lacking]);
        expect(withMerge(promoting(lane), [staging, seen()])).toEqual([]);
      },
    );

    it('asks for no more where the job promotes to a lane without approvals', () => {
      expect(withMerge(promoting('bank/staging'), [staging, approved])).toEqual([]);
      expect(withMerge(promoting('staging'), [staging, approved])).toEqual([]);
    });

    it('is content with the lines that the starter workflow has as a comment', () => {
      const lines = promoting('prod').replace(/^( +)# ((?:issues|pull-requests): read)/gm, '$1$2');
      expect(withMerge(lines, [approved])).toEqual([]);
    });

    it('asks the bot, which may write', () => {
      const mute = bot.replace(/^ {6}(?:issues|pull-requests): write.*\n/gm, '');
      expect(trouble({ workflows: { ...workflows, 'bot.yml': mute } })).toEqual([
        expect.stringMatching(/the release bot needs: issues: write, pull-requests: write\./),
      ]);
    });
  });

  it('cannot tell what a job may do that says nothing', () => {
    const text =
      'on: push\njobs: { a: { steps: [{ uses: acme/known-good@1111111111111111111111111111111111111111 }] } }';
    expect(withBot(text)).toEqual([expect.stringMatching(/^permissions unknown: The job a of bot\.yml/)]);
    expect(withBot(`permissions: write-all\n${text}`)).toEqual([]);
    expect(withBot(`permissions: read-all\n${text}`)).toEqual([expect.stringMatching(/contents: write/)]);
  });

  it('wants a commit, and no placeholder', () => {
    expect(withBot(bot.replace(action.sha, 'v1'))).toEqual([
      expect.stringMatching(/^action-not-pinned missing: bot\.yml/),
    ]);
    const open = readFileSync(new URL('bot.yml', folder), 'utf8');
    expect(withBot(open)).toEqual([expect.stringMatching(/^action-placeholder missing: bot\.yml/)]);
  });
});

describe('doctorFindings: the deploy workflow', () => {
  const text = workflows['deploy.yml'] ?? '';
  const on = (there: string | undefined) =>
    trouble({ lanes: [byWorkflow], forge: { ...forge, workflows: { 'deploy.yml': known(there) } } });

  it.each<[string, string | undefined, RegExp]>([
    ['not there', undefined, /bank\/prod: deployed by deploy\.yml, which is not on the default branch/],
    ['no workflow', '{', /could not be read as a workflow/],
    ['not startable', text.replace('workflow_dispatch:', 'workflow_call:'), /cannot be started by anybody/],
    ['without an input', text.replace(/^ {6}seq:\n(?: {8}.*\n)*/m, ''), /lacks the inputs seq/],
    ['without its title', text.replace(/^run-name:.*$/m, ''), /has no run-name with the operation in it/],
  ])('is refused when it is %s', (_, there, expected) => {
    expect(on(there)).toEqual([expect.stringMatching(expected)]);
  });

  it('is well as the starter workflow, and could not be told of without a token', () => {
    expect(on(text)).toEqual([]);
    const [token, deploy] = trouble({ lanes: [byWorkflow], forge: undefined });
    expect([token, deploy]).toEqual([
      expect.stringMatching(/^token unknown/),
      expect.stringMatching(/^deploy-workflow unknown: .*whether it is on the default branch was not asked/),
    ]);
  });
});
