import type { Digest } from '../../core/digest.ts';
import { nameRelease } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import type { EntryDraft } from '../../ledger/entry.ts';
import { releaseFiles } from '../../ledger/release-files.ts';
import type { OpenOperation } from '../../ledger/state.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { appendEntries } from './append-entries.ts';
import { claimTag } from './claim-tag.ts';
import { intentDraft } from './intent-draft.ts';
import { loadSince } from './load-since.ts';
import { moveTag } from './move-tag.ts';
import { freshlyOpen, isOpen, seenByAppend, stillOpen, type Operation } from './operation.ts';
import type { ReleasePorts } from './release-ports.ts';

/** How an operation ended. */
export type Ending =
  /** Tag moved, read back, deployed where there is something to deploy. */
  | { kind: 'done'; view: LaneView; seq: number; movedAt: string; tookOverAt: number | undefined }
  /** The lane changed before the intent could be written: nothing was done, plan again. */
  | { kind: 'changed'; view: LaneView }
  /** Somebody took the operation over; nothing more was written. */
  | { kind: 'taken-over'; view: LaneView; by: OpenOperation | undefined }
  /** The tag could not be moved: the environment is what it was. */
  | { kind: 'not-moved'; view: LaneView; message: string }
  /** The tag was moved, the deployment failed. */
  | { kind: 'not-deployed'; view: LaneView; message: string };

/**
 * Carries a plan out: intent, tag, read-back, `moved`, deployment, `deployed`. Before every effect the lane is read again, and
 * an operation that is no longer the open one stops and writes nothing more. Rejects where registry or ledger do
 * not say what is the case: then the intent stays open, and the next command recovers.
 */
export async function carryOut(ports: ReleasePorts, view: LaneView, plan: OperationPlan): Promise<Ending> {
  const claim = await claimTag(ports, view, plan);
  if (claim !== 'own' && claim !== 'free') return claim;
  const draft = intentDraft(ports, plan);
  const written = { drafts: [draft], files: recordOf(plan), exact: claim === 'free' };
  const askedAt = ports.timer.now().getTime();
  const begun = await appendEntries(ports, view, written);
  if (begun.kind === 'changed') return begun;
  const operation: Operation = {
    plan,
    id: draft.id,
    seq: view.state.seq + 1,
    view: begun.view,
    seenOpenAt: seenByAppend(ports, askedAt),
    tookOverAt: plan.takesOver === undefined ? undefined : ports.timer.now().getTime(),
  };
  ports.progress({
    step: 'intent',
    message: `${plan.action} to ${nameRelease(plan.release)}: intent ${operation.seq} written.`,
  });
  return endTag(ports, operation);
}

/** An adoption only writes down what was found there. */
function movedSentence({ action, policy, release }: OperationPlan): string {
  const what = `${policy.tag} points at ${nameRelease(release)}`;
  return action === 'adopt'
    ? `${what}, and the ledger says so now; nothing was moved.`
    : `${what}, read back.`;
}

/** The record of a release that an adoption brings into the ledger. */
function recordOf({ action, release }: OperationPlan): Record<string, string> | undefined {
  return action === 'adopt' && release.adopted !== undefined ? releaseFiles(release) : undefined;
}

async function endTag(ports: ReleasePorts, operation: Operation): Promise<Ending> {
  const { plan } = operation;
  if (plan.action !== 'adopt') {
    const tag = await moveTag(ports, operation);
    if (tag.kind === 'taken-over') return takenOver(ports, operation);
    if (tag.kind === 'not-moved') return close(ports, operation, tag.message);
  }
  const written = await write(ports, operation, { ...body(ports, operation), kind: 'moved' });
  if (written === undefined) return takenOver(ports, operation);
  operation.view = written;
  const movedAt = written.state.at ?? ports.timer.now().toISOString();
  ports.progress({ step: 'moved', message: movedSentence(plan) });
  return deploy(ports, operation, movedAt);
}

async function deploy(ports: ReleasePorts, operation: Operation, movedAt: string): Promise<Ending> {
  const { plan, seq, id } = operation;
  const how = plan.policy.deploy;
  const { tookOverAt } = operation;
  const done = (view: LaneView): Ending => ({ kind: 'done', view, seq, movedAt, tookOverAt });
  if (how.kind === 'none' || plan.action === 'adopt' || plan.action === 'repair') return done(operation.view);
  if (!(await freshlyOpen(ports, operation))) return takenOver(ports, operation);
  const { model, version, sha, digest, image } = plan.release;
  const { environment } = operation.view.lane;
  const result = await ports.deployer.deploy(how, {
    model,
    environment,
    image,
    digest,
    sha,
    version,
    seq,
    operation: id,
    stillOpen: () => stillOpen(ports, operation),
  });
  const shared = body(ports, operation);
  const draft: EntryDraft =
    result.kind === 'deployed'
      ? { ...shared, kind: 'deployed' }
      : { ...shared, kind: 'failed', phase: 'deploy', message: result.message.slice(0, 500) };
  const written = await write(ports, operation, draft);
  if (written === undefined) return takenOver(ports, operation);
  if (result.kind === 'failed') return { kind: 'not-deployed', view: written, message: result.message };
  ports.progress({ step: 'deployed', message: `${nameRelease(plan.release)} deployed.` });
  return done(written);
}

/** Closes an operation that moved nothing. */
async function close(ports: ReleasePorts, operation: Operation, message: string): Promise<Ending> {
  const draft = {
    ...body(ports, operation),
    kind: 'failed',
    phase: 'tag',
    message: message.slice(0, 500),
  } as const;
  const written = await write(ports, operation, draft);
  return written === undefined ? takenOver(ports, operation) : { kind: 'not-moved', view: written, message };
}

function body(
  { ids }: ReleasePorts,
  { id, plan }: Operation,
): { id: string; operation: string; digest: Digest } {
  return { id: ids.next(), operation: id, digest: plan.release.digest };
}

/** Appends while the operation is open; `undefined` when it no longer is. */
async function write(
  ports: ReleasePorts,
  operation: Operation,
  draft: EntryDraft,
): Promise<LaneView | undefined> {
  let { view } = operation;
  while (isOpen(operation, view)) {
    const askedAt = ports.timer.now().getTime();
    const written = await appendEntries(ports, view, { drafts: [draft] });
    view = written.view;
    if (written.kind === 'appended') {
      operation.seenOpenAt = seenByAppend(ports, askedAt);
      return view;
    }
  }
  return undefined;
}

async function takenOver(ports: ReleasePorts, operation: Operation): Promise<Ending> {
  const view = await loadSince(ports, operation.view);
  return { kind: 'taken-over', view, by: view.state.open };
}
