import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor } from '../auth/index.ts';
import { recordEvent, referenceTo, type Approver } from '../history/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { approvalOutcome } from './approval.rules.ts';
import { approvalOver, bookingClosed } from './booking.errors.ts';
import { BookingModel, type ApproverRow, type BookingRow } from './booking.model.ts';
import { courseOfBooking, detailsOf } from './booking.queries.ts';
import type { Booking, RunDetails, StateChange } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { aboutBooking } from './give-places.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { release } from './ledger.ts';
import { runById } from '../scheduling/index.ts';
import { stopAsking, tellNotApproved } from './tell-approval.ts';
import { tellApproved } from './tell-booking.ts';
import { followConfirmation } from './wish-came-true.ts';

/** Who holds the link in a mail that asks for approval. @throws not-found for any other token */
export async function approverOf(token: string): Promise<Approver> {
  const approverId = idInToken(token);
  const isOurs = approverId !== undefined && isTokenFor('approval', token, 1);
  const row = isOurs ? await rowOf(approverId) : null;
  if (!row || !approverId) throw notFound('approval');
  return { kind: 'approver', approverId, bookingId: String(row._id) };
}

/** What whoever is asked sees: the booking and its run. */
export type RequestedApproval = { booking: Booking; details: RunDetails };

/** @throws not-found */
export async function approvalOfLink(token: string): Promise<RequestedApproval> {
  const { bookingId } = await approverOf(token);
  const row = await BookingModel.findById(bookingId).lean();
  const run = row && (await runById(row.runId));
  if (!row || !run) throw notFound('approval');
  const booking = bookingOf(row);
  return { booking, details: courseOfBooking(await detailsOf(run), booking) };
}

/** Confirms a booking whose places are held. Approving twice gives the same answer. @throws not-found, approval-over, booking-closed */
export function approveBooking(actor: Approver): Promise<Booking> {
  return withRequest(actor, async (open, row) => {
    if (approvalOutcome(row.states) === 'approved') return row;
    refuseUnlessOpen(open, row);
    const approval = { ...row.approval, grantedAt: open.at };
    const approved = await leaveRequest(open, row, { ...stateBy(actor, open), status: 'confirmed' }, { approval });
    await stopAsking(open, row, { outcome: 'approved', by: actor.approverId });
    recordEvent(actor, { type: 'booking-approved', about: aboutBooking(open, row) });
    tellApproved(open, approved);
    await followConfirmation(open, approved);
    return approved;
  });
}

/** Gives the places back that are held; whoever waits next gets them. Refusing twice gives the same answer. @throws not-found, approval-over */
export function refuseBooking(actor: Approver, { reason }: { reason?: string }): Promise<Booking> {
  return withRequest(actor, async (open, row) => {
    if (approvalOutcome(row.states) === 'refused') return row;
    refuseUnlessOpen(open, row);
    const state = { ...stateBy(actor, open), status: 'declined' as const, ...(reason && { reason }) };
    const refused = await leaveRequest(open, row, state, { losesSeats: true });
    release(open.ledger, row);
    await forgetAccessNeeds(row);
    await stopAsking(open, row, { outcome: 'refused', by: actor.approverId });
    recordEvent(actor, { type: 'booking-refused', about: aboutBooking(open, row), facts: { places: row.places } });
    tellNotApproved(open, row, 'approval-refused');
    return refused;
  });
}

async function withRequest(
  actor: Approver,
  act: (open: OpenRun, row: BookingRow) => Promise<BookingRow>,
): Promise<Booking> {
  const known = await rowOf(actor.approverId);
  if (!known) throw notFound('approval');
  return inLaneOf(known.runId, async (open) => {
    const row = await BookingModel.findOne({ _id: known._id, runId: open.run.id }).lean();
    if (!row || !isAsked(row, actor)) throw notFound('approval');
    const answered = await act(open, row);
    return () => bookingOf(answered);
  });
}

function rowOf(approverId: string): Promise<Pick<BookingRow, '_id' | 'runId'> | null> {
  const asked = { 'approval.approvers._id': new Types.ObjectId(approverId), approval: { $exists: true } };
  return BookingModel.findOne(asked, { runId: 1 }).lean();
}

function isAsked({ approval }: BookingRow, { approverId }: Approver): boolean {
  return approval?.approvers.some(({ _id }: ApproverRow) => String(_id) === approverId) ?? false;
}

/** The deadline is the truth, also where nobody has noted yet that it is over. */
function refuseUnlessOpen({ run, at }: OpenRun, { status, approval }: BookingRow): void {
  if (status !== 'requested' || !approval?.until || at >= approval.until) throw approvalOver();
  if (run.status !== 'published' && run.status !== 'postponed') throw bookingClosed();
}

function stateBy(actor: Approver, { at }: OpenRun): Pick<StateChange, 'at' | 'by'> {
  return { at, by: referenceTo(actor) };
}

type Change = { approval?: Partial<BookingRow['approval']>; losesSeats?: boolean };

/** Ends the request, whatever comes of it. The state is part of the filter: of two who end it, one comes too late. */
export async function leaveRequest(
  open: OpenRun,
  row: BookingRow,
  state: StateChange,
  { approval, losesSeats = false }: Change = {},
): Promise<BookingRow> {
  const left = await BookingModel.findOneAndUpdate(
    { _id: row._id, runId: open.run.id, status: 'requested' },
    {
      $set: {
        status: state.status,
        ...(approval?.grantedAt && { 'approval.grantedAt': approval.grantedAt }),
      },
      $unset: { 'approval.until': 1, 'approval.remindAt': 1, ...(losesSeats && { seats: 1 }) },
      $push: { states: state },
    },
    { returnDocument: 'after' },
  ).lean();
  if (!left) throw approvalOver();
  return left;
}
