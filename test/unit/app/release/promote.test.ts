import { describe, expect, it } from 'vitest';
import { promote } from '../../../../src/app/release/promote.ts';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import { exitCodeOf } from '../../../../src/promotion/lane-result.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { A, B, C, followsTag, LANE, samplePolicy, STAGING } from '../../../support/lane-story.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

const B_NAME = `2.0.0 (${B.digest.slice(0, 19)})`;
const RULES = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };
const verify = (desk: Awaited<ReturnType<typeof deskWith>>) =>
  verifyLane(desk.ports(), { lane: LANE, policy: undefined });

async function desk(): ReturnType<typeof deskWith> {
  const at = await deskWith([A]);
  at.registry.has(B).has(C);
  return at;
}

describe('promote: the order of effects', () => {
  it('intent, anchor, tag, moved, deployment, deployed, look', async () => {
    const at = await desk();
    const result = await promoteAt(at, B);
    expect(at.log).toEqual([
      'append intent',
      'put prod-5',
      'put prod',
      'append moved',
      'deploy 2.0.0',
      'append deployed',
      'append healthy',
    ]);
    expect(result).toMatchObject({
      outcome: 'done',
      from: A.digest,
      release: B,
      seq: 5,
      undo: 'rollback bank/production',
      head: at.ledger.head(),
    });
    expect(result.message).toBe(`${B_NAME} is promoted to bank/production and healthy there: known good.`);
    expect(at.registry.tags).toEqual(
      new Map([
        ['prod-1', A.digest],
        ['prod', B.digest],
        ['prod-5', B.digest],
      ]),
    );
  });

  it('follows what happens, step by step', async () => {
    const at = await desk();
    await promoteAt(at, B);
    expect(at.steps.map(({ step }) => step)).toEqual(['intent', 'moved', 'deployed', 'looked']);
    expect(at.steps[0]?.message).toBe(`promote to ${B_NAME}: intent 5 written.`);
  });

  it('the deployment gets its fixed inputs', async () => {
    const at = await desk();
    await promoteAt(at, { ...B, sha: 'c'.repeat(40) });
    const operation = (await at.entries())[4]?.entry.id;
    expect(at.requests).toEqual([
      {
        model: 'bank',
        environment: 'production',
        image: B.image,
        digest: B.digest,
        sha: 'c'.repeat(40),
        version: '2.0.0',
        seq: 5,
        operation,
        stillOpen: expect.any(Function),
      },
    ]);
  });

  it('the deployment can ask whether its operation is still the open one', async () => {
    const at = await desk();
    const ports = at.ports();
    const seen: unknown[] = [];
    const deploy: typeof ports.deployer.deploy = async (_, request) => {
      seen.push(await request.stillOpen?.());
      await rollbackAt(at);
      seen.push(await request.stillOpen?.());
      return { kind: 'deployed' };
    };
    const order = { lane: LANE, policy: samplePolicy(), release: B, rules: RULES };
    await promote({ ...ports, deployer: { deploy } }, order);
    expect(seen).toEqual([true, false]);
  });

  it('nothing is deployed where the runtime follows the tag', async () => {
    const at = await desk();
    await promoteAt(at, B, { policy: followsTag() });
    expect(at.log).toEqual(['append intent', 'put prod-5', 'put prod', 'append moved', 'append healthy']);
  });

  it('nothing is written where it is already', async () => {
    const at = await desk();
    expect((await promoteAt(at, A)).outcome).toBe('nothing');
    expect(at.log).toEqual([]);
  });

  it('a refusal writes nothing and says all reasons', async () => {
    const at = await desk();
    const result = await promoteAt(
      at,
      { ...C, carries: 'unproved' },
      { policy: samplePolicy({ after: 'staging', approvals: 1, carriesArtifact: true }) },
    );
    expect(result).toMatchObject({ outcome: 'refused' });
    expect(result.reasons?.map(({ code }) => code)).toEqual(['order', 'approvals', 'artifact-unproved']);
    for (const { message } of result.reasons ?? []) expect(result.message).toContain(message);
    expect(at.log).toEqual([]);
  });

  it('somebody at work: waits, and says who', async () => {
    const at = await desk();
    at.before('put prod', () => (at.registry.down = true));
    await expect(promoteAt(at, B)).rejects.toThrow('503');
    at.registry.down = false;
    at.liveness = 'alive';
    const result = await promoteAt(at.forget(), C);
    expect(result).toMatchObject({ outcome: 'waiting', reasons: [{ code: 'busy' }] });
    expect(result.message).toContain(`ana is at work on bank/production: promote to ${B_NAME}`);
    expect(at.log).toEqual([]);
  });
});

describe('promote: taken over', () => {
  it.each(['put prod-5', 'put prod', 'append moved', 'deploy 2.0.0'])(
    'while %s is under way: stops after it, and writes nothing more',
    async (effect) => {
      const at = await desk();
      let then = 0;
      at.before(effect, async () => {
        expect((await rollbackAt(at)).outcome).toBe('done');
        then = at.log.length;
      });
      const result = await promoteAt(at, B);
      expect(result.outcome).toBe('waiting');
      expect(at.log.slice(then)).toEqual(effect === 'append moved' ? [] : [effect]);
      expect(result.message).toMatch(
        /^bank\/production: the promotion to 2\.0\.0 .* was taken over by ana's rollback to 1\.0\.0 .*; this run stopped and wrote nothing more\.$/,
      );
      await verify(at.pass(20_000));
      expect(at.registry.tags.get('prod')).toBe(A.digest);
      expect(at.state().tenures.at(-1)?.release).toEqual(A);
      expect((await at.kinds()).filter((kind) => kind === 'intent').length).toBeGreaterThanOrEqual(3);
    },
  );
});

describe('promote: the deployment fails', () => {
  it('hold: the tag stays, and it is not called done', async () => {
    const at = await desk();
    at.undeployable.set('2.0.0', 'exit code 1: no quota.');
    const result = await promoteAt(at, B);
    expect(result).toMatchObject({
      outcome: 'moved-not-proved',
      message: `The tag of bank/production points at ${B_NAME}, but it was NOT deployed: exit code 1: no quota.`,
      undo: 'rollback bank/production',
    });
    expect(exitCodeOf(result)).toBe(3);
    expect(at.log.slice(-2)).toEqual(['deploy 2.0.0', 'append failed']);
    expect(at.state().tenures.at(-1)?.trouble).toMatchObject({ kind: 'failed', phase: 'deploy' });
  });

  it('rollback: back to the last known good at once', async () => {
    const at = await desk();
    at.undeployable.set('2.0.0', 'exit code 1.');
    const result = await promoteAt(at, B, { policy: samplePolicy({ onFailure: 'rollback' }) });
    expect(result.outcome).toBe('failed');
    expect(at.log.slice(6)).toEqual([
      'append intent',
      'put prod-8',
      'put prod',
      'append moved',
      'deploy 1.0.0',
      'append deployed',
      'append healthy',
    ]);
    expect(at.state().left.map(({ version }) => version)).toEqual(['2.0.0']);
  });

  it('rollback: says what failed, and where it is now; never that the release is healthy', async () => {
    const at = await desk();
    at.undeployable.set('2.0.0', 'exit code 1.');
    const { message } = await promoteAt(at, B, { policy: samplePolicy({ onFailure: 'rollback' }) });
    expect(message).not.toContain('known good');
    expect(message).toMatch(
      /exit code 1\. bank\/production is rolled back to 1\.0\.0 .*, and serves as expected\.$/,
    );
  });

  it('the probes fail twice, rollback: says what failed, and where it is now', async () => {
    const at = await desk();
    at.answers.set('2.0.0', ['bad', 'bad']);
    const result = await promoteAt(at, B, { policy: samplePolicy({ onFailure: 'rollback' }) });
    expect(result).toMatchObject({ outcome: 'failed', look: { outcome: 'failed' } });
    expect(result.message).toMatch(
      /saw 500\. bank\/production is rolled back to 1\.0\.0 .*, and serves as expected\.$/,
    );
    expect(result).not.toHaveProperty('undo');
  });

  it('rollback: offers no command to undo what was undone already', async () => {
    const at = await desk();
    at.undeployable.set('2.0.0', 'exit code 1.');
    const result = await promoteAt(at, B, { policy: samplePolicy({ onFailure: 'rollback' }) });
    expect(result).not.toHaveProperty('undo');
  });

  it('hold: the servers of the release before it answer well, and that does not prove it', async () => {
    const at = await desk();
    at.undeployable.set('2.0.0', 'exit code 1.');
    await promoteAt(at, B);
    await verify(at.pass(60_000));
    expect(at.state().tenures.at(-1)?.healthyAt).toBeUndefined();
  });
});

describe('promote: other lanes', () => {
  it('asks the environment before, and only that', async () => {
    const at = await desk();
    const policy = samplePolicy({ after: 'staging' });
    expect((await promoteAt(at, B, { policy })).reasons?.map(({ code }) => code)).toEqual(['order']);
    await promoteAt(at, B, { lane: STAGING, policy: samplePolicy({ tag: 'staging' }) });
    expect((await promoteAt(at, B, { policy })).outcome).toBe('done');
  });

  it('a release that is gone from the registry is refused', async () => {
    const at = await desk();
    at.registry.gone.set(B.digest, [{ what: 'layer', digest: digestOf('layer') }]);
    expect((await promoteAt(at, B)).reasons?.map(({ code }) => code)).toEqual(['not-pullable']);
  });
});
