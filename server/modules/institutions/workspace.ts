import { now } from '../../platform/clock.ts';
import { AppError, authorise, notFound } from '../../platform/errors.ts';
import {
  bookingOfHolder,
  bookingsOfInstitution,
  giveToInstitution,
  holderOf,
  isActive,
  type BookingWithRun,
  type HeldBooking,
} from '../booking/index.ts';
import { contactRolesOf, isContact, type Actor } from '../history/index.ts';
import { institutionById, type Institution } from '../people/index.ts';
import { deadlinesOf, type Deadline } from './deadlines.ts';
import { belongsElsewhere, noBookingLink } from './institutions.errors.ts';
import { institutionOf } from './institutions.ts';
import { peopleIn, type PersonSeated } from './people-seated.ts';

const deadlinesShown = 8;

/** The institutions of a contact, by name. */
export async function institutionsOf(actor: Actor): Promise<Institution[]> {
  const found: Institution[] = [];
  for (const { institutionId } of contactRolesOf(actor)) {
    const institution = await institutionById(institutionId);
    if (institution) found.push(institution);
  }
  return found.toSorted((one, other) => one.name.localeCompare(other.name, 'de'));
}

/** What belongs to an institution: what is to come, the next one first, what is over, the last one first. */
export type Workspace = {
  institution: Institution;
  coming: BookingWithRun[];
  over: BookingWithRun[];
  deadlines: Deadline[];
  people: PersonSeated[];
};

/** @throws not-found also for whoever is none of its contacts */
export async function workspaceOf(actor: Actor, institutionId: string): Promise<Workspace> {
  const institution = await institutionOf(actor, institutionId);
  const bookings = await bookingsOfInstitution(institution.id);
  const at = now();
  const isComing = ({ booking, run }: BookingWithRun) =>
    isActive(booking.status) && run.endsAt > at && run.status !== 'cancelled';
  const byStart = bookings.toSorted((one, other) => one.run.startsAt.getTime() - other.run.startsAt.getTime());
  const coming = byStart.filter(isComing);
  return {
    institution,
    coming,
    over: byStart.filter((one) => !isComing(one)).toReversed(),
    deadlines: coming
      .flatMap((one) => deadlinesOf(one, at))
      .toSorted(byMoment)
      .slice(0, deadlinesShown),
    people: peopleIn(bookings),
  };
}

/** One booking of an institution with all that its booker sees. @throws not-found also where it is another's */
export async function bookingOfInstitution(
  actor: Actor,
  { institutionId, bookingId }: { institutionId: string; bookingId: string },
): Promise<HeldBooking & { institution: Institution; mayBook: boolean }> {
  const institution = await institutionOf(actor, institutionId);
  const held = await bookingOfHolder({ kind: 'holder', bookingId });
  if (held.booking.institutionId !== institution.id) throw notFound('booking');
  return { ...held, institution, mayBook: isContact(actor, institution.id, 'book') };
}

/**
 * Takes a booking in that somebody made by themselves. Its link is the proof: whoever holds it may, nobody guesses by an
 * address. Twice is once. @throws not-found, not-allowed, no-booking-link, belongs-elsewhere
 */
export async function takeInBooking(actor: Actor, institutionId: string, link: string): Promise<string> {
  const institution = await institutionOf(actor, institutionId);
  authorise(isContact(actor, institution.id, 'book'));
  const bookingId = await bookingBehind(link);
  const isIts = await giveToInstitution(actor, bookingId, institution);
  if (!isIts) throw belongsElsewhere();
  return bookingId;
}

/** A link that opens nothing is no link of a booking. */
async function bookingBehind(link: string): Promise<string> {
  const [, token = ''] = /([0-9a-f]{24}[\w-]{22})(?:[/?#].*)?$/.exec(link.trim()) ?? [];
  try {
    return (await holderOf(token)).bookingId;
  } catch (error) {
    throw error instanceof AppError && error.kind === 'not-found' ? noBookingLink() : error;
  }
}

function byMoment(one: Deadline, other: Deadline): number {
  return one.at.getTime() - other.at.getTime();
}
