import type { Release } from '../../src/core/release.ts';
import type { LaneResult } from '../../src/promotion/lane-result.ts';
import type { PromotionOutlook } from '../../src/report/bot/outlook-blocks.ts';
import type { ReplyContext } from '../../src/report/bot/reply-context.ts';
import { artifactOf, sampleVerdict } from './ledger-book.ts';
import { samplePolicy, sampleRelease } from './model/world.ts';

/** Of the samples. */
export const lane = { model: 'bank', environment: 'production' };
export const head = '9f3c1e0a7b52d4c68e1f00aa11bb22cc33dd44ee';
const run = 'https://github.com/acme/models/actions/runs/4711';

function built(version: string, sha: string): Release {
  return {
    ...sampleRelease(version),
    image: 'ghcr.io/acme/bank',
    sha: sha.repeat(40),
    artifact: artifactOf(version),
  };
}

const OLD = built('1.6.2', 'c');
export const GOOD = built('1.7.0', 'b');
/** The release that is promoted, and rolled back from. */
export const NEW: Release = {
  ...built('1.8.0', 'a'),
  evidence: [
    {
      kind: 'gate',
      digest: artifactOf('verdict'),
      outcome: 'pass',
      artifact: artifactOf('1.8.0'),
      environment: 'production',
      createdAt: '2026-03-01T12:00:00.000Z',
      run: 'https://github.com/acme/models/actions/runs/4700',
      reason: 'All 12 gates pass.',
    },
  ],
};

/** What surrounds a promotion. */
export const SAMPLE_CONTEXT: ReplyContext = {
  command: '/promote bank/production 1.8.0',
  by: 'ana',
  run,
  repository: 'https://github.com/acme/models',
  notes: [],
  before: GOOD,
  mayGive: {
    approve: 'the role write or stronger',
    unlock: 'the role maintain or stronger, or @ben',
    release: 'the role maintain or stronger',
  },
};
/** What surrounds a rollback. */
export const BACK: ReplyContext = {
  ...SAMPLE_CONTEXT,
  command: '/rollback bank/production',
  before: NEW,
  askedToMovedMs: 9480,
};
/** A release in a sentence. */
export const name = ({ version, digest }: Release) => `${version} (${digest.slice(0, 19)})`;

/** What the promotion of the samples brings. */
export const OUTLOOK: PromotionOutlook = {
  lane,
  release: NEW,
  live: GOOD,
  evidence: [
    {
      kind: 'gate',
      ref: NEW.evidence[0] as Release['evidence'][number],
      verdict: sampleVerdict('1.8.0', {
        champion: { path: 'models/bank', digest: artifactOf('1.7.0') },
        checks: [
          {
            id: 'champion.roc_auc',
            check: 'champion',
            role: 'gate',
            outcome: 'pass',
            reason: 'not-worse',
            subject: 'test',
            metric: 'roc_auc',
            measured: 0.7931,
            baseline: 0.7615,
            baselineName: 'champion',
            difference: 0.0316,
            interval: [0.0207, 0.0424],
            limit: { rule: 'max_drop', value: 0.01 },
            n: 9042,
            message: 'It is better.',
          },
        ],
      }),
    },
    { kind: 'shadow' },
  ],
};

const promote = { schema: 1, command: 'promote', lane, head } as const;
const rollback = { schema: 1, command: 'rollback', lane, head } as const;
const look = { outcome: 'good', message: '2 of 2 probes as expected.', record: 'observed' } as const;
const config = {
  kind: 'config',
  digest: artifactOf('config'),
  commit: 'd'.repeat(40),
  state: 'committed',
} as const;

/** Results of commands on a lane, by name. */
export const LANES: Readonly<Record<string, LaneResult>> = {
  promoted: {
    ...promote,
    outcome: 'done',
    message: `${name(NEW)} is promoted to bank/production and serves as expected; its soak goes on.`,
    from: GOOD.digest,
    fromVersion: '1.7.0',
    release: NEW,
    look,
    movedMs: 812,
    undo: 'rollback bank/production',
    seq: 41,
    decidedBy: config,
  },
  refused: {
    ...promote,
    outcome: 'refused',
    message: 'All of it.',
    reasons: [
      {
        code: 'locked',
        message: 'bank/production is locked by ben since 2026-03-02T07:00:00.000Z: audit',
        settle: 'unlock bank/production',
      },
      {
        code: 'evidence-missing',
        message: `${name(NEW)} has no shadow verdict for production.`,
        settle: 'shadow --model bank --environment production',
      },
      { code: 'approvals', message: 'One more approval is needed.', settle: 'approve bank/production 1.8.0' },
      {
        code: 'drift',
        message: 'bank/production has drifted.',
        settle: 'rollback bank/production   or   adopt bank/production --reason "…"',
      },
    ],
  },
  waiting: {
    ...promote,
    outcome: 'waiting',
    message: 'Busy.',
    reasons: [
      {
        code: 'busy',
        message: `ben is at work on bank/production: promote to ${name(NEW)}, since 2026-03-02T07:00:00.000Z (${run}). Wait for it; a rollback does not have to.`,
        settle: 'rollback bank/production',
      },
    ],
  },
  planned: {
    ...promote,
    outcome: 'planned',
    message: `Would promote ${name(NEW)} to bank/production.`,
    from: GOOD.digest,
    release: NEW,
    plan: {
      kind: 'operate',
      action: 'promote',
      from: GOOD.digest,
      release: NEW,
      policy: {
        ...samplePolicy({ image: 'ghcr.io/acme/bank', approvals: 1 }),
        deploy: { kind: 'workflow', workflow: 'deploy.yml', timeoutMs: 1_800_000 },
      },
    },
  },
  nothing: {
    ...promote,
    outcome: 'nothing',
    message: `${name(NEW)} is in bank/production already.`,
    release: NEW,
  },
  'not-moved': {
    ...promote,
    outcome: 'not-moved',
    message:
      'bank/production was not promoted, and nothing was deployed. ghcr.io refused the tag: it is immutable.',
    from: GOOD.digest,
    release: NEW,
  },
  failed: {
    ...promote,
    outcome: 'failed',
    message: `bank/production: the promotion to ${name(NEW)} failed. ready: saw 503, expected 200.`,
    release: GOOD,
    automatic: { failed: NEW, restored: GOOD },
    look: { outcome: 'failed', message: 'ready: saw 503, expected 200.' },
    movedMs: 1400,
    seq: 42,
  },
};

/** Those of a rollback. */
export const ROLLBACKS: Readonly<Record<string, LaneResult>> = {
  'rolled-back': {
    ...rollback,
    outcome: 'done',
    message: `bank/production is rolled back to ${name(GOOD)}, and serves as expected.`,
    from: NEW.digest,
    fromVersion: '1.8.0',
    release: GOOD,
    leaves: { digest: NEW.digest, version: '1.8.0' },
    passedOver: [
      { release: NEW, rejected: { rule: 'being-left', message: 'left' } },
      {
        release: OLD,
        rejected: { rule: 'not-pullable', message: `${name(OLD)} cannot be pulled any more.` },
      },
    ],
    look,
    movedMs: 1480,
    healthyMs: 1730,
    decidedBy: { kind: 'ledger' },
    seq: 43,
  },
  'moved-not-proved': {
    ...rollback,
    outcome: 'moved-not-proved',
    message: `The tag of bank/production points at ${name(GOOD)} again, but it was NOT deployed: the workflow deploy.yml failed.`,
    from: NEW.digest,
    fromVersion: '1.8.0',
    release: GOOD,
    seq: 43,
  },
  'no-way-back': {
    ...rollback,
    outcome: 'refused',
    message: 'None.',
    reasons: [
      {
        code: 'no-known-good',
        message: 'No release of bank/production is known good; each was looked at.',
        settle: 'rollback bank/production RELEASE --unproved --reason "…"',
      },
    ],
    passedOver: [
      {
        release: GOOD,
        rejected: {
          rule: 'never-healthy',
          message: `${name(GOOD)} was never proved healthy here for its whole soak.`,
        },
      },
    ],
  },
};
