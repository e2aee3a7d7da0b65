import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import { promote } from '../../../../src/app/release/promote.ts';
import { laneAccount } from '../../../../src/app/release/why.ts';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import { evidencePath } from '../../../../src/ledger/paths.ts';
import { A, B, LANE, samplePolicy } from '../../../support/lane-story.ts';
import { keepVerdicts, withVerdicts, writtenVerdict } from '../../../support/opened-evidence.ts';
import type { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

const policy = samplePolicy({ requires: ['gate'] });
const pass = writtenVerdict(B);
const fail = writtenVerdict(B, { outcome: 'fail', reason: 'AUC fell.' });
const judged = withVerdicts(B, pass);
const config = { digest: digestOf('config'), commit: 'c'.repeat(40), state: 'committed' } as const;

async function desk(): Promise<ReleaseDesk> {
  const at = await deskWith([A]);
  at.registry.has(B);
  return at;
}

describe('promote reads the verdict that it relies on', () => {
  it('goes where the document says what the record says', async () => {
    const at = await desk();
    keepVerdicts(at, [pass]);
    expect((await promoteAt(at, judged, { policy })).outcome).toBe('done');
  });

  it.each<[string, (at: ReleaseDesk) => typeof B, string[]]>([
    ['its document is not there', () => judged, ['evidence-missing']],
    [
      'its document has other bytes',
      (at) => {
        keepVerdicts(at, [pass], fail.text);
        return judged;
      },
      ['evidence-altered'],
    ],
    [
      'the record tells a fail as a pass',
      (at) => {
        keepVerdicts(at, [fail]);
        return { ...judged, evidence: [{ ...fail.ref, outcome: 'pass' as const }] };
      },
      ['evidence-altered', 'evidence-fails'],
    ],
  ])('is refused where %s, and changes nothing', async (_, given, codes) => {
    const at = await desk();
    const release = given(at);
    const result = await promoteAt(at, release, { policy });
    expect(result.outcome).toBe('refused');
    expect(result.reasons?.map(({ code }) => code)).toEqual(codes);
    expect(at.log).toEqual([]);
  });

  it('opens all verdicts of the kinds that are asked for in one read, and none where none is', async () => {
    const at = await desk();
    keepVerdicts(at, [pass, fail]);
    const reads: (readonly string[])[] = [];
    const ports = at.ports();
    const { ledger } = ports;
    const told = { ...ledger, read: (paths: readonly string[]) => (reads.push(paths), ledger.read(paths)) };
    const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };
    const order = { lane: LANE, policy, rules, release: withVerdicts(B, pass, fail), dryRun: true };
    const opening = () => reads.filter((paths) => paths.some((path) => path.startsWith('evidence/')));
    await promote({ ...ports, ledger: told }, order);
    expect(opening()).toEqual([[pass, fail].map(({ ref }) => evidencePath(ref.digest))]);
    reads.length = 0;
    await promote({ ...ports, ledger: told }, { ...order, policy: samplePolicy() });
    expect(opening()).toEqual([]);
  });

  it('does not keep a rollback from what it restores: record and lane may differ', async () => {
    const at = await desk();
    keepVerdicts(at, [pass]);
    await promoteAt(at, judged, { policy });
    keepVerdicts(at, [pass], 'altered');
    expect(await rollbackAt(at)).toMatchObject({ outcome: 'done', release: A });
  });
});

describe('promote says by which config', () => {
  it('in its reply, in the ledger, and in why', async () => {
    const at = await desk();
    expect(await promoteAt(at, B, { config })).toMatchObject({ decidedBy: { kind: 'config', ...config } });
    expect((await at.entries())[4]?.entry).toMatchObject({ kind: 'intent', config });
    expect((await laneAccount(at.ports(), LANE)).config).toEqual(config);
  });

  it('also where somebody else brought it to its end', async () => {
    const at = await desk();
    await expect(promoteAt(at.diesAt('deploy 2.0.0'), B, { config })).rejects.toThrow();
    await verifyLane(at.revive().ports(), { lane: LANE, policy: undefined });
    expect((await laneAccount(at.ports(), LANE)).config).toEqual(config);
  });

  it('and nothing where nobody told', async () => {
    const at = await desk();
    expect(await promoteAt(at, B)).not.toHaveProperty('decidedBy');
    expect((await laneAccount(at.ports(), LANE)).config).toBeUndefined();
  });

  it('is refused by one that is not committed, where evidence must be of the default branch', async () => {
    const at = await desk();
    const strict = samplePolicy({ evidenceFrom: 'default-branch' });
    const dirty = { ...config, state: 'changed' } as const;
    const result = await promoteAt(at, B, { policy: strict, config: dirty });
    expect(result.reasons?.map(({ code }) => code)).toEqual(['config-not-committed']);
    expect((await promoteAt(at, B, { policy: strict, config })).outcome).toBe('done');
  });
});

describe('promote while the registry does not answer', () => {
  it('says all that it can tell beside it', async () => {
    const at = await desk();
    at.registry.down = true;
    const result = await promoteAt(at, B, { policy: { ...policy, approvals: 1 } });
    expect(result.outcome).toBe('refused');
    expect(result.reasons?.map(({ code }) => code)).toEqual([
      'tag-unreadable',
      'approvals',
      'evidence-missing',
    ]);
    expect(result.message).toContain('503');
  });

  it('says that it does not know whether the release can be pulled, where its tag could be read', async () => {
    const at = await desk();
    at.registry.missing = () => Promise.reject(new Error('429: too many requests.'));
    const result = await promoteAt(at, B, { policy: samplePolicy({ approvals: 1 }) });
    expect(result.reasons?.map(({ code }) => code)).toEqual(['approvals', 'registry-silent']);
    expect(result.message).toMatch(/Whether 2\.0\.0 .* can be pulled .* is not known: 429: too many/);
    expect(at.log).toEqual([]);
  });
});

describe('promote and what its failed look led to', () => {
  const onFailure = samplePolicy({ onFailure: 'rollback' });

  it.each<[string, (at: ReleaseDesk) => unknown]>([
    ['the probes fail', (at) => at.answers.set('2.0.0', ['bad', 'bad'])],
    ['the deployment fails', (at) => at.undeployable.set('2.0.0', 'exit code 1.')],
  ])('names what failed and what was restored: %s', async (_, happens) => {
    const at = await desk();
    happens(at);
    const result = await promoteAt(at, B, { policy: onFailure, config });
    expect(result).toMatchObject({
      command: 'promote',
      outcome: 'failed',
      automatic: { failed: B, restored: A },
      from: B.digest,
      fromVersion: '2.0.0',
      release: A,
      leaves: { digest: B.digest },
      decidedBy: { kind: 'config' },
      head: at.ledger.head(),
    });
    expect(result.message).toMatch(
      /^bank\/production: the promotion to 2\.0\.0 .* failed\. 2\.0\.0 .* is rolled back to 1\.0\.0/,
    );
  });

  it('says that nothing could be restored, why, and the way out', async () => {
    const at = await desk();
    at.answers.set('2.0.0', ['bad', 'bad']);
    at.registry.gone.set(A.digest, [{ what: 'layer', digest: digestOf('layer') }]);
    const result = await promoteAt(at, B, { policy: onFailure });
    expect(result).toMatchObject({
      outcome: 'failed',
      release: B,
      reasons: [{ code: 'no-known-good', settle: expect.stringContaining('--unproved') }],
    });
    expect(result).not.toHaveProperty('undo');
    expect(result.automatic).toEqual({ failed: B });
    expect(at.registry.tags.get('prod')).toBe(B.digest);
  });

  it('offers the way back where the rollback did not move the tag', async () => {
    const at = await desk();
    at.answers.set('2.0.0', ['bad', 'bad']);
    at.before('deploy 2.0.0', () => at.registry.fates.set('prod', ['refused']));
    const result = await promoteAt(at, B, { policy: onFailure });
    expect(result).toMatchObject({ outcome: 'failed', release: B, undo: 'rollback bank/production' });
    expect(result.automatic).toEqual({ failed: B });
  });

  it('prints the head after everything where it was not deployed', async () => {
    const at = await desk();
    at.undeployable.set('2.0.0', 'exit code 1.');
    expect((await promoteAt(at, B)).head).toBe(at.ledger.head());
  });
});
