import { BookingModel } from '../booking/booking.model.ts';
import { InHouseModel } from '../demand/in-house.model.ts';
import { InterestListModel, InterestModel } from '../demand/interest.model.ts';
import { RunModel } from '../scheduling/run.model.ts';
import type { BrokenPromise } from './verify.rules.ts';

/** What was asked for and not kept as it was answered: in-house requests and their closed runs, interest and its bookings. */
export async function brokenDemand(): Promise<BrokenPromise[]> {
  return [...(await inHouseWithoutRun()), ...(await collectedTwice()), ...(await interestWithoutBooking())];
}

/** A planned request is one closed run, which no other request is. */
async function inHouseWithoutRun(): Promise<BrokenPromise[]> {
  const broken: BrokenPromise[] = [];
  const taken = new Set<string>();
  for await (const { _id, runId = '' } of InHouseModel.find({ status: 'planned' }).sort({ _id: 1 }).lean().cursor()) {
    const run = runId === '' ? null : await RunModel.findById(runId, { access: 1 }).lean();
    const request = `In-house request ${String(_id)}`;
    if (!run) broken.push({ promise: 4, runId, sentence: `${request} is planned, and its run is not there.` });
    else if (run.access !== 'closed')
      broken.push({ promise: 4, runId, sentence: `${request} is planned as a run that is open to everybody.` });
    if (run && taken.has(runId))
      broken.push({ promise: 4, runId, sentence: `${request} is planned as the run of another request.` });
    taken.add(runId);
  }
  return broken;
}

/** A seminar collects interest in one list at a time. */
async function collectedTwice(): Promise<BrokenPromise[]> {
  const rows = await InterestListModel.find({ status: 'open' }, { seminarId: 1, runId: 1 }).lean();
  const seen = new Set<string>();
  return rows.flatMap(({ seminarId, runId = '' }) => {
    const isSecond = seen.has(seminarId);
    seen.add(seminarId);
    const sentence = `Interest in seminar ${seminarId} is collected in two lists at once.`;
    return isSecond ? [{ promise: 4 as const, runId, sentence }] : [];
  });
}

/** Who was booked from a list has a booking of their own in its run; and a list that is over has answered everybody. */
async function interestWithoutBooking(): Promise<BrokenPromise[]> {
  const broken: BrokenPromise[] = [];
  for await (const { _id, runId = '', status } of InterestListModel.find({ status: { $ne: 'open' } })
    .lean()
    .cursor()) {
    const interests = await InterestModel.find({ listId: String(_id) }, { status: 1, bookingId: 1, number: 1 }).lean();
    const bookings = new Set<string>();
    for (const { number, status: state, bookingId = '' } of interests) {
      if (status === 'closed' && (state === 'open' || state === 'invited'))
        broken.push({ promise: 5, runId, sentence: `Interest ${number} was never answered, and its list is over.` });
      if (state !== 'booked') continue;
      const isThere = bookingId !== '' && (await BookingModel.exists({ _id: bookingId }));
      if (!isThere || bookings.has(bookingId))
        broken.push({ promise: 4, runId, sentence: `Interest ${number} is booked, and has no booking of its own.` });
      bookings.add(bookingId);
    }
  }
  return broken;
}
