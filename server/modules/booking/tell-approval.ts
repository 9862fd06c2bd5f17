import { postMessage, withdrawMessages, type MessageKind } from '../mail/index.ts';
import type { ApproverRow, BookingRow } from './booking.model.ts';
import type { AfterExpiry, ApprovalOutcome } from './approval.rules.ts';
import type { OpenRun } from './lane.ts';

/** What a request for approval sends before it is answered. */
const ofOpenRequests: readonly MessageKind[] = ['approval-asked', 'approval-reminder', 'approval-pending'];

/**
 * The booker hears that the places are held, whoever approves is asked at once and once more at half time. Then deputies
 * are asked too; where there are none but deputies, at once.
 */
export function tellAsked({ run }: OpenRun, row: BookingRow): void {
  const { approvers = [], until, remindAt } = row.approval ?? {};
  toBooker(row, run.id, 'approval-pending');
  const first = approvers.filter(({ deputy }) => !deputy);
  for (const approver of first.length > 0 ? first : approvers) post(row, run.id, 'approval-asked', { approver });
  if (!remindAt || !until || remindAt >= until) return;
  for (const approver of first.length > 0 ? first : approvers)
    post(row, run.id, 'approval-reminder', { approver, dueAt: remindAt });
  if (first.length === 0) return;
  for (const approver of approvers.filter(({ deputy }) => deputy))
    post(row, run.id, 'approval-asked', { approver, dueAt: remindAt });
}

/** The request is over: what was not sent of it is taken back, and whoever was asked is told what came of it. */
export async function stopAsking(
  { run, at }: Pick<OpenRun, 'run' | 'at'>,
  row: BookingRow,
  ended: { outcome: Exclude<ApprovalOutcome, 'open'>; by?: string; afterExpiry?: AfterExpiry },
): Promise<void> {
  await withdrawMessages({ bookingId: String(row._id) }, ofOpenRequests, 'approval-over');
  const { approvers = [], remindAt } = row.approval ?? {};
  const hasDeputiesOnly = approvers.every(({ deputy }) => deputy);
  const wasAsked = (approver: ApproverRow) =>
    !approver.deputy ||
    hasDeputiesOnly ||
    (remindAt !== undefined && at >= remindAt) ||
    String(approver._id) === ended.by;
  for (const approver of approvers.filter(wasAsked)) {
    const { by, ...facts } = ended;
    post(row, run.id, 'approval-ended', { approver, facts: { ...facts, byYou: by === String(approver._id) } });
  }
}

/** To the booker and to everybody named: there will be no place, or not now. */
export function tellNotApproved(
  { run }: Pick<OpenRun, 'run'>,
  row: BookingRow,
  kind: 'approval-refused' | 'approval-expired',
  facts: { afterExpiry?: AfterExpiry } = {},
): void {
  toBooker(row, run.id, kind, facts);
  const bookingId = String(row._id);
  if (facts.afterExpiry === 'confirm') return;
  for (const { _id, email, sitsElsewhere } of row.participants)
    if (!sitsElsewhere && email.toLowerCase() !== row.booker.email.toLowerCase())
      postMessage({
        key: `${kind}:${String(_id)}:${run.id}:${requestOf(row)}`,
        kind,
        to: { bookingId, participantId: String(_id) },
        about: { runId: run.id, bookingId },
        facts,
      });
}

function toBooker(row: BookingRow, runId: string, kind: MessageKind, facts: Record<string, unknown> = {}): void {
  const bookingId = String(row._id);
  const key = `${kind}:${bookingId}:${runId}:${requestOf(row)}`;
  postMessage({ key, kind, to: { bookingId }, about: { runId, bookingId }, facts });
}

type ToApprover = { approver: ApproverRow; dueAt?: Date; facts?: Record<string, unknown> };

function post(row: BookingRow, runId: string, kind: MessageKind, { approver, dueAt, facts = {} }: ToApprover): void {
  const [bookingId, approverId] = [String(row._id), String(approver._id)];
  postMessage({
    key: `${kind}:${approverId}:${runId}:${requestOf(row)}`,
    kind,
    to: { bookingId, approverId },
    about: { runId, bookingId },
    facts,
    ...(dueAt && { dueAt }),
  });
}

/** A booking may be asked about again, each time under another number. */
function requestOf({ approval }: BookingRow): number {
  return approval?.requests ?? 0;
}
