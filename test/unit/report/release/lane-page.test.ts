import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import type { LaneResult } from '../../../../src/promotion/lane-result.ts';
import { laneLine, lanePage } from '../../../../src/report/release/lane-page.ts';
import { expectGoldenText } from '../../../support/golden-text.ts';
import { samplePolicy, sampleRelease } from '../../../support/model/world.ts';

const lane = { model: 'bank', environment: 'production' };
const head = '9f3c1e0a7b52d4c68e1f00aa11bb22cc33dd44ee';
const [old, good, silent, bad] = ['1.6.2', '1.7.0', '1.7.1', '1.8.0'].map((version) =>
  sampleRelease(version),
);
const [OLD, GOOD, SILENT, BAD] = [old, good, silent, bad] as [
  typeof old & object,
  typeof old & object,
  typeof old & object,
  typeof old & object,
];
const name = (version: string) => `${version} (${sampleRelease(version).digest.slice(0, 19)})`;
const left = {
  release: BAD,
  rejected: { rule: 'being-left', message: `${name('1.8.0')} is the one being left.` },
} as const;
const base = { schema: 1, command: 'promote', lane } as const;
const back = { schema: 1, command: 'rollback', lane } as const;

const RESULTS: Record<string, LaneResult> = {
  done: {
    ...base,
    outcome: 'done',
    message: `${name('1.8.0')} is promoted to bank/production. ${name('1.8.0')} serves as expected; its soak goes on. 2 of 2 probes as expected.`,
    from: GOOD.digest,
    release: BAD,
    look: { outcome: 'good', message: '2 of 2 probes as expected.', record: 'observed' },
    movedMs: 812,
    undo: 'rollback bank/production',
    head,
    seq: 41,
  },
  refused: {
    ...base,
    outcome: 'refused',
    message: 'All of it.',
    head,
    reasons: [
      {
        code: 'locked',
        message: 'bank/production is locked by ben since 2026-03-02T07:00:00.000Z: audit',
        settle: 'unlock bank/production',
      },
      {
        code: 'quarantined',
        message: `${name('1.8.0')} is quarantined: ana rolled production back from it at 2026-03-01T23:41:07.120Z (wrong answers).`,
        settle: 'release bank@1.8.0 --reason "…"',
      },
      {
        code: 'order',
        message: `${name('1.8.0')} was never in bank/staging, which comes before.`,
        settle: 'promote bank/staging 1.8.0',
      },
      {
        code: 'evidence-holds',
        message: `The gate verdict of ${name('1.8.0')} is hold: AUC 0.752 [0.741, 0.763] against a floor of 0.750.`,
      },
    ],
  },
  'rolled-back': {
    ...back,
    outcome: 'done',
    message: `bank/production is rolled back to ${name('1.6.2')}, and serves as expected.`,
    from: BAD.digest,
    release: OLD,
    look: { outcome: 'healthy', message: '2 of 2 probes as expected.' },
    movedMs: 1243,
    healthyMs: 4310,
    head,
    seq: 44,
    leaves: { digest: BAD.digest, version: BAD.version },
    fromVersion: BAD.version,
    passedOver: [
      left,
      {
        release: SILENT,
        rejected: {
          rule: 'never-healthy',
          message: `${name('1.7.1')} was never proved healthy here for its whole soak.`,
        },
      },
      {
        release: GOOD,
        rejected: {
          rule: 'not-pullable',
          message: `${name('1.7.0')} cannot be pulled any more: its layer sha256:0123456789ab is gone from the registry.`,
        },
      },
    ],
  },
  'no-known-good': {
    ...back,
    outcome: 'refused',
    message: 'No release of bank/production is known good; each was looked at.',
    head,
    reasons: [
      {
        code: 'no-known-good',
        message: 'No release of bank/production is known good; each was looked at.',
        settle: 'rollback bank/production RELEASE --unproved --reason "…"',
      },
    ],
    passedOver: [left],
  },
  'moved-not-proved': {
    ...back,
    outcome: 'moved-not-proved',
    message: `The tag of bank/production points at ${name('1.7.0')} again, but it was NOT deployed: kubectl ended with 1: connection refused.`,
    from: BAD.digest,
    release: GOOD,
    leaves: { digest: BAD.digest, version: BAD.version },
    fromVersion: BAD.version,
    passedOver: [left],
    head,
  },
  'not-moved': {
    ...back,
    outcome: 'not-moved',
    message: 'bank/production was NOT rolled back. The registry refused the tag prod: it is immutable.',
    from: BAD.digest,
    release: GOOD,
    head,
  },
  busy: {
    ...base,
    outcome: 'waiting',
    message: 'ben is at work.',
    head,
    reasons: [
      {
        code: 'busy',
        message: `ben is at work on bank/production: promote to ${name('1.7.1')}, since 2026-03-02T07:00:00.000Z (https://github.com/acme/bank/actions/runs/17). Wait for it; a rollback does not have to.`,
        settle: 'rollback bank/production',
      },
    ],
  },
  drift: {
    schema: 1,
    command: 'verify',
    lane,
    outcome: 'moved-not-proved',
    message: 'bank/production has drifted.',
    head,
    reasons: [
      {
        code: 'drift',
        message:
          'bank/production has drifted: the tag points at sha256:0123456789ab, the ledger says sha256:ba9876543210. Somebody moved it by hand: roll back to what was proved, or adopt what is there.',
        settle: 'rollback bank/production   or   adopt bank/production --reason "…"',
      },
    ],
  },
  nothing: {
    ...base,
    outcome: 'nothing',
    message: `${name('1.8.0')} is in bank/production already.`,
    release: BAD,
    head,
  },
  failed: {
    schema: 1,
    command: 'verify',
    lane,
    outcome: 'failed',
    message: `${name('1.8.0')} does not serve well in bank/production: GET 127.0.0.1:8080/ready: Expected status 200, saw 503.`,
    look: { outcome: 'failed', message: 'GET 127.0.0.1:8080/ready: Expected status 200, saw 503.' },
    undo: 'rollback bank/production',
  },
  planned: {
    ...back,
    outcome: 'planned',
    message: `Would roll bank/production back to ${name('1.7.0')}.`,
    from: BAD.digest,
    release: GOOD,
    fromVersion: BAD.version,
    passedOver: [left],
    plan: {
      kind: 'operate',
      action: 'rollback',
      from: BAD.digest,
      release: GOOD,
      policy: samplePolicy({
        image: 'ghcr.io/acme/bank',
        tag: 'prod',
        probes: [{ name: 'ready', method: 'GET', url: 'http://127.0.0.1:1/', status: 200, withinMs: 1 }],
        deploy: { kind: 'command', command: ['kubectl', 'set', 'image', 'deploy/bank'], timeoutMs: 1 },
      }),
      leaves: { digest: BAD.digest, version: '1.8.0' },
    },
  },
};

describe('lanePage', () => {
  it.each(Object.entries(RESULTS))('%s reads as committed', (key, result) => {
    expectGoldenText(lanePage(result), key);
  });

  it.each(Object.entries(RESULTS))('%s fits 80 columns, commands and digests aside', (_, result) => {
    const long = lanePage(result)
      .split('\n')
      .filter((line) => Array.from(line).length > 80 && !line.includes('known-good '));
    expect(long).toEqual([]);
  });

  it('colours headings only where it may', () => {
    const result = RESULTS['done'] as LaneResult;
    expect(lanePage(result)).not.toContain('\u001b');
    expect(lanePage(result, { color: true }).startsWith('\u001b[1;32m✔')).toBe(true);
  });

  it('lets no foreign control character through', () => {
    const evil = 'x\u001b[2J\u202e\u0007\r\ny';
    const release = { ...BAD, version: evil, digest: digestOf(evil) };
    const result: LaneResult = {
      ...base,
      outcome: 'refused',
      message: evil,
      release,
      head: evil,
      undo: evil,
      reasons: [{ code: 'locked', message: evil, settle: evil }],
      passedOver: [{ release, rejected: { rule: 'quarantined', message: evil } }],
    };
    for (const text of [lanePage(result), laneLine(result)])
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('puts a result on one line', () => {
    expect(laneLine(RESULTS['rolled-back'] as LaneResult)).toBe(
      `✔ bank/production is rolled back to ${name('1.6.2')}, and serves as expected.\n`,
    );
  });
});
