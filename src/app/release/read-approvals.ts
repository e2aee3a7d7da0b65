import { digestOf } from '../../core/digest.ts';
import { messageChain } from '../../core/errors.ts';
import type { Approval } from '../../ledger/approval.ts';
import type { LaneState } from '../../ledger/state.ts';
import type { ReadApproval } from '../../promotion/approvals.ts';
import type { ReleasePorts } from './release-ports.ts';

type Reader = Pick<ReleasePorts, 'comments' | 'mayApprove'>;

/** The approvals of a digest in a lane, each with its comment as it is now. */
export async function readApprovals(
  ports: Reader,
  state: LaneState,
  digest: string,
): Promise<ReadApproval[]> {
  const approvals = (state.approvals ?? []).filter((approval) => approval.digest === digest);
  return Promise.all(approvals.map((approval) => readApproval(ports, approval)));
}

/** One approval with its comment as it is now; an answer that did not come is a fact, not an error. */
export async function readApproval(
  { comments, mayApprove }: Reader,
  approval: Approval,
): Promise<ReadApproval> {
  if (comments === undefined) return { approval, comment: { kind: 'no-reader' } };
  if (approval.comment === undefined) return { approval, comment: { kind: 'gone' } };
  try {
    const [comment, isAllowed] = await Promise.all([
      comments.read(approval.comment),
      mayApprove?.(approval.by) ?? true,
    ]);
    if (!isAllowed) return { approval, comment: { kind: 'not-allowed' } };
    if (comment === undefined) return { approval, comment: { kind: 'gone' } };
    return { approval, comment: { kind: 'there', comment, digest: digestOf(comment.body) } };
  } catch (error) {
    const why = messageChain(error)[0] ?? 'no reason was given';
    return { approval, comment: { kind: 'unreadable', why } };
  }
}
