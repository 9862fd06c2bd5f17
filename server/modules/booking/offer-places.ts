import { DateTime } from 'luxon';
import { tellAfterCommit } from '../../platform/database.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { isLand, publicHolidaysBetween } from '../holidays/index.ts';
import { usualPolicy, type Run } from '../scheduling/index.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { offersMadeTo } from './booking.rules.ts';
import type { OpenRun } from './lane.ts';
import { afterOfficeTime, daysToLookAt, type Office } from './office-hours.rules.ts';
import { tellOffered } from './tell-offer.ts';
import { startOfUnits } from './units.rules.ts';

const bySystem = { kind: 'system' };

/** Offers somebody who waits the places that are free: they are held until the deadline. The caller counts them. */
export async function offerPlaces(open: OpenRun, row: BookingRow): Promise<BookingRow> {
  const { until, remindAt } = await deadlineOf(open, row);
  const state = { status: 'offered' as const, at: open.at, by: bySystem };
  const { reason: _none, ...kept } = row;
  const offered: BookingRow = { ...kept, status: 'offered', offer: { until }, states: [...row.states, state] };
  await BookingModel.updateOne(
    { _id: row._id, status: 'waiting' },
    { $set: { status: 'offered', offer: { until } }, $unset: { reason: 1 }, $push: { states: state } },
  );
  noteOffer(open, offered, remindAt);
  return offered;
}

/** Records an offer that is written, or about to be, and tells of it: mail now, a reminder, and the clock of its end. */
export function noteOffer({ run, at }: OpenRun, row: BookingRow, remindAt: Date): void {
  const bookingId = String(row._id);
  const until = row.offer?.until ?? at;
  const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId, bookingId };
  recordEvent(systemActor, { type: 'booking-offered', about, facts: { until, places: row.places } });
  tellOffered(row, { runId: run.id, offer: offersMadeTo(row), ...(remindAt < until && { remindAt }) });
  tellAfterCommit({ topic: 'offer', id: bookingId, at: until });
}

/** Until when an offer that is made now stands; never beyond the moment after which nobody moves up. */
export async function deadlineOf(
  open: OpenRun,
  { units }: Pick<BookingRow, 'units'>,
): Promise<{ until: Date; remindAt: Date }> {
  const { run, sessions } = open;
  const { offerHours = usualPolicy.offerHours, cutOffHours } = run.policy;
  const { until, remindAt } = await inOfficeTime(open, offerHours);
  const cutOffAt = startOfUnits(units, sessions, run.startsAt).getTime() - cutOffHours * 3_600_000;
  return { until: new Date(Math.min(until.getTime(), cutOffAt)), remindAt };
}

/** When so many hours of office time are over, at the run's place, and when half of them are. */
export async function inOfficeTime(
  { run, at }: Pick<OpenRun, 'run' | 'at'>,
  hours: number,
): Promise<{ until: Date; remindAt: Date }> {
  const minutes = hours * 60;
  const office = await officeOf(run, at, daysToLookAt(minutes));
  return {
    until: afterOfficeTime(at, minutes, office),
    remindAt: afterOfficeTime(at, Math.ceil(minutes / 2), office),
  };
}

async function officeOf({ timeZone, land }: Run, from: Date, days: number): Promise<Office> {
  const day = DateTime.fromJSDate(from, { zone: timeZone });
  const [first, last] = [day, day.plus({ days })].map((one) => one.toFormat('yyyy-MM-dd'));
  const holidays = isLand(land) && first && last ? await publicHolidaysBetween(land, first, last) : [];
  return { timeZone, holidays: new Set(holidays.map(({ on }) => on)) };
}
