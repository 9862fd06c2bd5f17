import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor } from '../auth/index.ts';
import type { Actor } from '../history/index.ts';
import { runById } from '../scheduling/index.ts';
import { identified } from './book-places.ts';
import { detailsClosed, detailsLinkUsed, detailsLinkWithdrawn, sitsThereAlready } from './booking.errors.ts';
import type { OwnDetails } from './booking.input.ts';
import { BookingModel, type BookingRow, type DetailsLinkRow } from './booking.model.ts';
import { courseOfBooking, detailsOf } from './booking.queries.ts';
import { isActive } from './booking.rules.ts';
import type { Booking, RunDetails } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { detailsUntil, endedLink, openLinks } from './details-links.rules.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { nameIn } from './name-places.ts';
import { rowToReseat } from './reseat.ts';
import { now } from '../../platform/clock.ts';

/** How a link stands: `withdrawn` also when its place went otherwise, `over` when the time for it is. */
export type DetailsLinkState = 'open' | 'used' | 'withdrawn' | 'over';
export type AskedDetails = {
  state: DetailsLinkState;
  /** To which address it was sent; empty when it is not open. */
  email: string;
  until: Date;
  booking: Booking;
  details: RunDetails;
};

/** What whoever holds the link of a place sees before they say who they are. @throws not-found */
export async function detailsAsked(token: string): Promise<AskedDetails> {
  const { row, link } = await linkBehind(token);
  const run = await runById(row.runId);
  if (!run) throw notFound('run');
  const booking = bookingOf(row);
  const state = stateOf({ run, at: now() }, row, link);
  const email = state === 'open' ? link.email : '';
  const details = courseOfBooking(await detailsOf(run), booking);
  return { state, email, until: detailsUntil(run), booking, details };
}

/**
 * Seats somebody in the place whose link they hold, as if the booker had named them: once. Whoever is too late is told,
 * and nothing of what they said is kept.
 * @throws not-found, details-link-used, details-link-withdrawn, details-closed, sits-there-already
 */
export async function fillInDetails(token: string, person: OwnDetails): Promise<Booking> {
  const known = await linkBehind(token);
  return inLaneOf(known.row.runId, async (open) => {
    const { row, link } = await linkBehind(token);
    refuseUnlessUsable(open, row, link);
    const { key } = identified(person);
    if (row.participants.some((one) => one.key === key)) throw sitsThereAlready();

    const bookingId = String(row._id);
    const whole = await rowToReseat({ kind: 'holder', bookingId }, open, bookingId);
    const invited: Actor = { kind: 'invited', linkId: String(link._id) };
    const after = await nameIn(open, withUsed(whole, link), [person], invited);
    return () => bookingOf(after);
  });
}

async function linkBehind(token: string): Promise<{ row: BookingRow; link: DetailsLinkRow }> {
  const id = idInToken(token);
  if (!id || !isTokenFor('details', token, 1)) throw notFound('link');
  const row = await BookingModel.findOne({ 'detailsLinks._id': id, detailsLinks: { $exists: true } }).lean();
  const link = row?.detailsLinks?.find(({ _id }) => String(_id) === id);
  if (!row || !link) throw notFound('link');
  return { row, link };
}

function stateOf({ run, at }: Pick<OpenRun, 'run' | 'at'>, row: BookingRow, link: DetailsLinkRow): DetailsLinkState {
  if (link.ended === 'used') return 'used';
  const isOpen = openLinks(row).includes(link) && isActive(row.status);
  if (!isOpen || (run.status !== 'published' && run.status !== 'postponed')) return 'withdrawn';
  return detailsUntil(run) <= at ? 'over' : 'open';
}

function refuseUnlessUsable(open: OpenRun, row: BookingRow, link: DetailsLinkRow): void {
  const state = stateOf(open, row, link);
  if (state === 'used') throw detailsLinkUsed();
  // Its place was named, given back or cancelled in the meantime, perhaps while somebody typed.
  if (state === 'withdrawn') throw detailsLinkWithdrawn();
  if (state === 'over') throw detailsClosed();
}

function withUsed(row: BookingRow, link: DetailsLinkRow): BookingRow {
  const detailsLinks = row.detailsLinks?.map((one) => (one._id.equals(link._id) ? endedLink(one, 'used') : one));
  return detailsLinks ? { ...row, detailsLinks } : row;
}
