import { DateTime } from 'luxon';
import {
  bookPlaces,
  planRun,
  type BookPlaces,
  type BookPlacesOutcome,
  type PlanRun,
} from '../modules/booking/index.ts';
import { createSeminar, type SeminarInput } from '../modules/catalogue/index.ts';
import { confirmInterest, interestToTell, noteInterest, type InterestInput } from '../modules/demand/index.ts';
import { anyone, systemActor, type Actor, type Role } from '../modules/history/index.ts';
import { inviteContact } from '../modules/institutions/index.ts';
import {
  addInstitution,
  addPerson,
  addProvider,
  personById,
  providerById,
  type Person,
  type Provider,
} from '../modules/people/index.ts';
import type { SessionInput } from '../modules/scheduling/index.ts';
import { addRoom, addVenue, type RoomInput, type VenueInput } from '../modules/venues/index.ts';
import { now } from '../platform/clock.ts';
import { network } from './network.ts';
import { demoZone, workingDayFrom } from './working-days.ts';

/** Somebody who signs in, and who that is to the use cases. */
export type Signed = { person: Person; actor: Actor };

let people = 0;

/** A provider of the network, the first one unless told otherwise; the one already there when the id is known. */
export async function aProvider({ id = 'vhs-hannover', ...rest }: Partial<Provider> = {}): Promise<Provider> {
  const known = await providerById(id);
  if (known) return known;
  const model = network.find((provider) => provider.id === id);
  const provider = {
    id,
    name: model?.name ?? `Träger ${id}`,
    shortName: model?.shortName ?? id,
    about: model?.about ?? 'Ein erfundener Träger.',
    email: `${id}@example.org`,
    ...rest,
  };
  await addProvider(provider);
  return provider;
}

/** A coordinator of one provider. */
export async function aCoordinator({ provider = 'vhs-hannover' }: { provider?: string } = {}): Promise<Signed> {
  await aProvider({ id: provider });
  return someone('Amsel', [{ kind: 'coordinator', providerId: provider }]);
}

/** A coordinator of the whole network. */
export function aNetworkCoordinator(): Promise<Signed> {
  return someone('Rotkehlchen', [{ kind: 'network-coordinator' }]);
}

/** Somebody's interest in a seminar without a date, confirmed by the link in the mail. */
export async function anInterest(seminarId: string, wanted: InterestInput): Promise<void> {
  const id = await noteInterest(seminarId, wanted);
  const noted = id && (await interestToTell(id));
  if (noted) await confirmInterest(noted.interest.token);
}

export function aTrainer(): Promise<Signed> {
  return someone('Cello', [{ kind: 'trainer' }]);
}

/** An institution with one contact, who may book unless told otherwise, or with this one besides those it has. */
export async function aContact({
  institutionId,
  ...rights
}: { institutionId?: string; book?: boolean; approve?: boolean; deputy?: boolean } = {}): Promise<
  Signed & { institutionId: string }
> {
  const id = institutionId ?? (await anInstitution());
  people += 1;
  const email = `aster.${people}@example.org`;
  const personId = await inviteContact(systemActor, id, { name: `Aster Beispiel ${people}`, email, ...rights });
  const person = await personById(personId);
  if (!person) throw new Error('The contact was not stored.');
  return { person, actor: { kind: 'person', personId, roles: person.roles }, institutionId: id };
}

export function anInstitution(name = 'Schule am Türkisen Turm'): Promise<string> {
  return addInstitution({ name, kind: 'school' });
}

/** A person nobody knows yet: name and address. */
export function aPerson(): { name: string; email: string } {
  people += 1;
  return { name: `Türkis Probe ${people}`, email: `tuerkis.probe.${people}@example.org` };
}

/** A day seminar. Its provider comes along. Gives the id. */
export async function aSeminar(wanted: Partial<SeminarInput> = {}): Promise<string> {
  const provider = (await aProvider({ id: wanted.provider ?? 'vhs-hannover' })).id;
  return createSeminar(systemActor, {
    title: 'Interkulturelle Kompetenz für den Alltag im Amt',
    summary: 'Ein Tag über Haltung, Sprache und Missverständnisse.',
    kind: 'day-seminar',
    language: 'de',
    ...wanted,
    provider,
  });
}

/** A house of the network, open whenever somebody comes. Gives the id. */
export function aVenue(wanted: Partial<VenueInput> = {}): Promise<string> {
  return addVenue(systemActor, {
    name: 'Lernhaus Mitte',
    addressLines: ['Beispielstraße 12'],
    postalCode: '30159',
    town: 'Hannover',
    ...wanted,
  });
}

/** A room for twenty in a house of its own unless one is given, ready as it is. Gives the id. */
export async function aRoom({ venueId, ...wanted }: Partial<RoomInput> & { venueId?: string } = {}): Promise<string> {
  return addRoom(systemActor, venueId ?? (await aVenue()), {
    name: 'Raum 2.10',
    capacities: [{ seating: 'tables', places: 20 }],
    ...wanted,
  });
}

/** A sitting from nine to four in a room, on the first working day after two weeks. */
export function aSession(wanted: Partial<SessionInput> & { inDays?: number } = {}): SessionInput {
  const { inDays = 14, ...rest } = wanted;
  const day = workingDayFrom(DateTime.fromJSDate(now(), { zone: demoZone }).startOf('day').plus({ days: inDays }));
  return {
    startsAt: day.set({ hour: 9 }).toJSDate(),
    endsAt: day.set({ hour: 16 }).toJSDate(),
    timeZone: demoZone,
    location: 'Lernhaus Mitte, Raum 2.10, Hannover',
    ...rest,
  };
}

/** A published run of one session with twelve places. Its seminar comes along. */
export async function aRun(wanted: Partial<PlanRun> = {}): Promise<{ id: string; sessions: { id: string }[] }> {
  const seminarId = wanted.seminarId ?? (await aSeminar());
  return planRun(systemActor, { capacity: 12, sessions: [aSession()], published: true, ...wanted, seminarId });
}

/** A run nobody can book yet. */
export function aDraft(wanted: Partial<PlanRun> = {}): Promise<{ id: string; sessions: { id: string }[] }> {
  return aRun({ ...wanted, published: false });
}

/** A booking by somebody new, for one place, in a new run unless one is given. */
export async function aBooking(
  wanted: Partial<BookPlaces> & { runId?: string; key?: string } = {},
): Promise<BookPlacesOutcome> {
  const runId = wanted.runId ?? (await aRun()).id;
  return bookPlaces(anyone, { booker: aPerson(), ...wanted, runId });
}

async function someone(firstName: string, roles: Role[]): Promise<Signed> {
  people += 1;
  const email = `${firstName.toLowerCase()}.${people}@example.org`;
  const name = `${firstName} Beispiel ${people}`;
  const id = await addPerson(systemActor, { name, email, address: email, language: 'de', roles });
  const person = await personById(id);
  if (!person) throw new Error('The person was not stored.');
  return { person, actor: { kind: 'person', personId: id, roles } };
}
