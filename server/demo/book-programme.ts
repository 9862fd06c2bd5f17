import { bookPlaces, type BookPlaces } from '../modules/booking/index.ts';
import { actorOfPerson } from '../modules/auth/index.ts';
import { anyone, type Actor } from '../modules/history/index.ts';
import { personByAddress } from '../modules/people/index.ts';
import { institutions, participant, secretary } from './cast.ts';
import type { SeededRun } from './demo.types.ts';

const together = 4;
const parties = [1, 2, 4, 1, 3, 2, 1, 5];

/** Books every other run, what is over by now, and the early places of the run that sells out. Gives the number of bookings. */
export function bookFirst(runs: readonly SeededRun[]): Promise<number> {
  return bookEach(runs, (run) => bookingsOf(run).slice(0, early(run)));
}

/** Books the rest, and at last those who wait. */
export function bookLater(runs: readonly SeededRun[]): Promise<number> {
  return bookEach(runs, (run) => bookingsOf(run).slice(early(run)));
}

/** How many of a run's bookings came early. Most runs are booked at one go, so that a start is not kept waiting. */
function early({ demo, number }: SeededRun): number {
  const isOver = typeof demo.in === 'number' && demo.in < 0;
  if (demo.waiting) return 4;
  return isOver || number % 2 === 0 ? Number.POSITIVE_INFINITY : 0;
}

/** Bookings of one run made at the same moment share a transaction, in the order of their calls; a few runs go side by side. */
async function bookEach(runs: readonly SeededRun[], pick: (run: SeededRun) => BookPlaces[]): Promise<number> {
  const bookings = runs.flatMap((run) => pick(run).map((booking) => ({ runId: run.id, ...booking })));
  const school = await schoolThatSignsIn();
  for (let at = 0; at < runs.length; at += together) {
    const these = new Set(runs.slice(at, at + together).map(({ id }) => id));
    const made = bookings
      .filter(({ runId }) => these.has(runId))
      .map((booking) =>
        booking.institution === institutions[0]?.name
          ? bookPlaces(school.actor, { ...booking, institutionId: school.id })
          : bookPlaces(anyone, booking),
      );
    await Promise.all(made);
  }
  return bookings.length;
}

/** The secretary of the first institution, who books as its contact. */
async function schoolThatSignsIn(): Promise<{ id: string; actor: Actor }> {
  const person = await personByAddress(secretary.email);
  const role = person?.roles.find(({ kind }) => kind === 'contact');
  const actor = person && (await actorOfPerson(person.id));
  return role?.kind === 'contact' && actor ? { id: role.institutionId, actor } : { id: '', actor: anyone };
}

function bookingsOf({ number, demo, offer }: SeededRun): BookPlaces[] {
  const start = number * 5;
  let seated = start;
  return [...partiesFor(demo.taken ?? 0), ...(demo.waiting ?? [])].map((size, index) => {
    const booking = bookingFor(size, seated, offer.language === 'en' ? 'en' : 'de');
    seated += size + 1;
    const institution = institutions[(start + index) % institutions.length];
    return {
      ...booking,
      ...modulesFor(offer, index),
      ...(demo.needs && index === 0 && { access: { features: ['induction-loop' as const] } }),
      ...(size > 1 && institution && { institution: institution.name }),
    };
  });
}

/** Where modules are booked one by one, some take all of them and others one or two. */
function modulesFor({ booking, modules = [] }: SeededRun['offer'], index: number): { modules?: string[] } {
  if (booking !== 'by-module' || index % 3 === 0) return {};
  return { modules: modules.flatMap(({ title }, at) => (at === 0 || (index + at) % 3 === 0 ? [title] : [])) };
}

/** A larger party is booked by somebody who stays in the office; from four on the names come later. */
function bookingFor(size: number, first: number, language: 'de' | 'en'): BookPlaces {
  const booker = { ...participant(first), language };
  if (size === 1) return { booker };
  if (size > 3) return { booker, places: size };
  return { booker, participants: Array.from({ length: size }, (_, index) => participant(first + 1 + index)) };
}

function partiesFor(places: number): number[] {
  const sizes: number[] = [];
  for (let index = 0, left = places; left > 0; index += 1) {
    const size = Math.min(parties[index % parties.length] ?? 1, left);
    sizes.push(size);
    left -= size;
  }
  return sizes;
}
