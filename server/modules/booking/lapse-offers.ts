import { now } from '../../platform/clock.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { usualPolicy } from '../scheduling/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { leaveOffer } from './answer-offer.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { offersMadeTo } from './booking.rules.ts';
import { aboutBooking } from './give-places.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { release, startWaiting } from './ledger.ts';
import { tellOfferOver } from './tell-offer.ts';

const mostAtOnce = 100;
/** Whoever lets as many pass as this waits no longer: nobody is written to for ever. */
const mostLapses = 2;

/** The sweep: ends every offer whose time is over. */
export async function lapseOffers(): Promise<void> {
  const over = await BookingModel.find({ 'offer.until': { $lte: now() }, offer: { $exists: true } }, { _id: 1 })
    .sort({ 'offer.until': 1 })
    .limit(mostAtOnce)
    .lean();
  for (const { _id } of over) await lapseOffer(String(_id));
}

/**
 * Ends an offer whose time is over: the places go to whoever waits next, in the same transaction. The booking waits on at
 * the end of the queue, or leaves it, as the run says. Nothing when it was answered before.
 */
export async function lapseOffer(bookingId: string): Promise<void> {
  const known = await BookingModel.findById(bookingId, { runId: 1, offer: 1 }).lean();
  if (!known?.offer || known.offer.until > now()) return;
  await inLaneOf(known.runId, async (open) => {
    const row = await BookingModel.findById(bookingId).lean();
    if (row?.status === 'offered' && row.offer && row.offer.until <= open.at) await lapse(open, row);
    return () => undefined;
  });
}

async function lapse(open: OpenRun, row: BookingRow): Promise<void> {
  const stays = staysInQueue(open, row);
  await leaveOffer(open, row, { actor: systemActor, status: 'lapsed', keepsSeats: stays });
  release(open.ledger, row);
  if (stays) await waitAgain(open, row);
  else await forgetAccessNeeds(row);
  recordEvent(systemActor, { type: 'offer-lapsed', about: aboutBooking(open, row), facts: { stays } });
  tellOfferOver(row, { runId: open.run.id, offer: offersMadeTo(row) }, 'offer-lapsed');
}

/** A run that lost its dates meanwhile asks nobody: then the place in the queue is kept. */
function staysInQueue({ run }: OpenRun, row: BookingRow): boolean {
  const { afterLapse = usualPolicy.afterLapse } = run.policy;
  const lapses = row.states.filter(({ status }) => status === 'lapsed').length + 1;
  return run.status === 'postponed' || (afterLapse === 'end' && lapses < mostLapses);
}

/** Puts a booking whose places were given back behind everybody; a run without dates takes nobody's turn. */
export async function waitAgain(open: OpenRun, row: BookingRow): Promise<void> {
  const number = open.run.status === 'postponed' ? row.number : open.ledger.nextNumber++;
  const state = { status: 'waiting' as const, at: open.at, by: { kind: 'system' } };
  await BookingModel.updateOne(
    { _id: row._id },
    {
      $set: { status: 'waiting', number },
      $unset: { passes: 1, ...(number !== row.number && { lifted: 1, lifts: 1 }) },
      $push: { states: state },
    },
  );
  startWaiting(open.ledger, row);
}
