import type { StateChange } from './booking.types.ts';

/** Why a booking is confirmed that nobody approved in time, where its run says so. */
export const approvalExpired = 'approval-expired';

/** Whoever let as many requests pass as this is asked no more: nobody is written to for ever. */
const mostRequests = 2;

type Asking = { approval?: { grantedAt?: Date } };

/** Whether somebody still has to approve a booking before it is confirmed. */
export function needsApproval({ approval }: Asking): boolean {
  return approval !== undefined && approval.grantedAt === undefined;
}

/** What came of the last request for approval; nothing where none was made. */
export type ApprovalOutcome = 'open' | 'approved' | 'refused' | 'expired' | 'cancelled';

export function approvalOutcome(states: readonly StateChange[]): ApprovalOutcome | undefined {
  const asked = states.findLastIndex(({ status }) => status === 'requested');
  if (asked < 0) return undefined;
  const answer = states[asked + 1];
  if (!answer) return 'open';
  if (answer.status === 'confirmed') return answer.reason === approvalExpired ? 'expired' : 'approved';
  if (answer.status === 'declined') return 'refused';
  return answer.status === 'expired' ? 'expired' : 'cancelled';
}

export type AfterExpiry = 'out' | 'end' | 'confirm';

/** What becomes of a booking that nobody approved in time. A run without dates takes nobody's turn. */
export function afterExpiryOf(
  { status, policy }: { status: string; policy: { afterExpiry?: AfterExpiry } },
  { states }: { states: readonly StateChange[] },
): AfterExpiry {
  const { afterExpiry = 'out' } = policy;
  if (status === 'postponed' && afterExpiry === 'out') return 'end';
  const requests = states.filter((state) => state.status === 'requested').length;
  return afterExpiry === 'end' && status !== 'postponed' && requests >= mostRequests ? 'out' : afterExpiry;
}
