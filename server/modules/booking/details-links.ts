import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { postMessage } from '../mail/index.ts';
import { addressOf } from './addresses.ts';
import {
  detailsClosed,
  groupHasNoNames,
  linkSentAlready,
  linkSentOften,
  moreLinksThanPlaces,
  placesWithoutPeople,
  tooManyLinks,
} from './booking.errors.ts';
import { BookingModel, type BookingRow, type DetailsLinkRow } from './booking.model.ts';
import { mayPlan } from './booking.policy.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { detailsUntil, endedLink, mostLinks, mostSends, openLinks } from './details-links.rules.ts';
import type { OpenRun } from './lane.ts';
import { inLaneOfBooking } from './reseat.ts';

type LinkOfBooking = { bookingId: string; linkId: string };

/**
 * Sends each of these people a link by which they say themselves who sits in one of the places without a name: all of
 * them or nobody. The place is theirs once they have said so, and counts as unnamed until then.
 * @throws not-found, booking-not-active, people-fixed, details-closed, link-sent-already, more-links-than-places,
 * too-many-links, places-without-people, group-has-no-names
 */
export async function sendDetailsLinks(
  actor: Actor,
  { bookingId, emails }: { bookingId: string; emails: readonly string[] },
): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    refuseUnlessOpen(actor, open);
    const links = emails.map((email) => newLink(email, open.at));
    refuseUnlessRoom(row, links);
    const after = await writeLinks(row, [...(row.detailsLinks ?? []), ...links]);
    for (const link of links) tellLink(open, after, link);
    record(actor, open, { type: 'details-asked', bookingId, facts: { links: links.length } });
    return () => bookingOf(after);
  });
}

/** Sends the same link once more. @throws not-found, booking-not-active, people-fixed, details-closed, link-sent-often */
export async function sendDetailsLinkAgain(actor: Actor, { bookingId, linkId }: LinkOfBooking): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    const link = openLink(row, linkId);
    refuseUnlessOpen(actor, open);
    if (link.sends >= mostSends) throw linkSentOften();
    const again = { ...link, sends: link.sends + 1, sentAt: open.at };
    const after = await writeLinks(row, exchanged(row, link, again));
    tellLink(open, after, again);
    record(actor, open, { type: 'details-asked', bookingId, facts: { links: 1, sends: again.sends } });
    return () => bookingOf(after);
  });
}

/** Takes a link back: it opens nothing any more. @throws not-found, booking-not-active, people-fixed */
export async function takeDetailsLinkBack(actor: Actor, { bookingId, linkId }: LinkOfBooking): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    const link = openLink(row, linkId);
    const after = await writeLinks(row, exchanged(row, link, endedLink(link, 'withdrawn')));
    record(actor, open, { type: 'details-link-withdrawn', bookingId });
    return () => bookingOf(after);
  });
}

function newLink(email: string, sentAt: Date): DetailsLinkRow {
  return { _id: new Types.ObjectId(), email: addressOf(email).email, sentAt, sends: 1 };
}

function refuseUnlessOpen(actor: Actor, { run, at }: OpenRun): void {
  if (detailsUntil(run) <= at && !mayPlan(actor, run)) throw detailsClosed();
  if (run.startsAt <= at) throw detailsClosed();
}

function refuseUnlessRoom(row: BookingRow, links: readonly DetailsLinkRow[]): void {
  if (row.group) throw groupHasNoNames();
  const open = openLinks(row);
  const addresses = [...open, ...links].map(({ email }) => addressOf(email).address);
  if (new Set(addresses).size < addresses.length) throw linkSentAlready();
  const unnamed = row.places - row.participants.length;
  if (unnamed === 0) throw placesWithoutPeople();
  if (addresses.length > unnamed) throw moreLinksThanPlaces(unnamed - open.length);
  if ((row.detailsLinks?.length ?? 0) + links.length > mostLinks(row.places)) throw tooManyLinks();
}

function openLink(row: BookingRow, linkId: string): DetailsLinkRow {
  const link = openLinks(row).find(({ _id }) => String(_id) === linkId);
  if (!link) throw notFound('link');
  return link;
}

function exchanged({ detailsLinks = [] }: BookingRow, link: DetailsLinkRow, other: DetailsLinkRow): DetailsLinkRow[] {
  return detailsLinks.map((one) => (one._id.equals(link._id) ? other : one));
}

async function writeLinks(row: BookingRow, detailsLinks: DetailsLinkRow[]): Promise<BookingRow> {
  await BookingModel.updateOne({ _id: row._id }, { $set: { detailsLinks } });
  return { ...row, detailsLinks };
}

function tellLink({ run }: OpenRun, row: BookingRow, { _id, sends }: DetailsLinkRow): void {
  const [bookingId, linkId] = [String(row._id), String(_id)];
  const key = `details-asked:${linkId}:${sends}`;
  postMessage({ key, kind: 'details-asked', to: { bookingId, linkId }, about: { runId: run.id, bookingId } });
}

function record(
  actor: Actor,
  { run }: OpenRun,
  { type, bookingId, facts = {} }: { type: string; bookingId: string; facts?: Record<string, number> },
): void {
  recordEvent(actor, { type, about: { runId: run.id, bookingId, providerId: run.providerId }, facts });
}
