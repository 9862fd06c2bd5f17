import { tellAfterCommit } from '../../platform/database.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { usualPolicy } from '../scheduling/index.ts';
import { BookingModel, type ApprovalRow, type BookingRow } from './booking.model.ts';
import type { OpenRun } from './lane.ts';
import { inOfficeTime } from './offer-places.ts';
import { tellAsked } from './tell-approval.ts';
import { startOfUnits } from './units.rules.ts';
import { approversNow } from './who-approves.ts';

/**
 * Asks for the approval of a booking whose places are held for it until the answer, or until the deadline. Gives the
 * booking as it is then; the caller counts its places and writes it.
 */
export async function askApproval(open: OpenRun, row: BookingRow): Promise<BookingRow> {
  const { approvers = [], requests = 0, ...rest } = row.approval ?? {};
  const { until, remindAt } = await approvalDeadline(open, row);
  const known: ApprovalRow = { ...rest, approvers, requests };
  const approval: ApprovalRow = {
    ...known,
    approvers: await approversNow(known, row.booker.email),
    requests: requests + 1,
    until,
    remindAt,
  };
  const state = { status: 'requested' as const, at: open.at, by: { kind: 'system' } };
  const { reason: _none, offer: _over, ...kept } = row;
  const asked: BookingRow = { ...kept, status: 'requested', approval, states: [...row.states, state] };

  const bookingId = String(row._id);
  const { id: runId, seminarId, providerId } = open.run;
  const about = { runId, seminarId, providerId, bookingId };
  const facts = { until, places: row.places, asked: approval.approvers.length };
  recordEvent(systemActor, { type: 'approval-asked', about, facts });
  tellAsked(open, asked);
  tellAfterCommit({ topic: 'approval', id: bookingId, at: until });
  return asked;
}

/** The same for a booking that is written: of two who change its state, one comes too late. */
export async function askApprovalOf(open: OpenRun, row: BookingRow): Promise<BookingRow> {
  const asked = await askApproval(open, row);
  await BookingModel.updateOne(
    { _id: row._id, status: row.status },
    {
      $set: { status: 'requested', approval: asked.approval },
      $unset: { reason: 1, offer: 1 },
      $push: { states: asked.states.at(-1) },
    },
  );
  return asked;
}

/** Until when an approval is waited for: never beyond the moment after which nobody moves up, or the start. */
async function approvalDeadline(
  open: OpenRun,
  { units }: Pick<BookingRow, 'units'>,
): Promise<{ until: Date; remindAt: Date }> {
  const { run, sessions, at } = open;
  const { approvalHours = usualPolicy.approvalHours, cutOffHours } = run.policy;
  const usual = await inOfficeTime(open, approvalHours);
  const startsAt = startOfUnits(units, sessions, run.startsAt);
  const cutOffAt = new Date(startsAt.getTime() - cutOffHours * 3_600_000);
  const latest = [cutOffAt, startsAt].find((moment) => moment > at) ?? usual.until;
  if (latest >= usual.until) return usual;
  // Where there is less time than usual, half of it is over at the reminder too.
  const half = new Date(at.getTime() + (latest.getTime() - at.getTime()) / 2);
  return { until: latest, remindAt: usual.remindAt < half ? usual.remindAt : half };
}
