import { Types } from 'mongoose';
import { inTransaction } from '../../platform/database.ts';
import { AppError, authorise, notFound } from '../../platform/errors.ts';
import { recordEvent, scopeOf, type Actor } from '../history/index.ts';
import { providerById } from '../people/index.ts';
import { VenueModel, type VenueRow } from './venue.model.ts';
import type { VenueInput } from './venues.input.ts';
import { mayFurnish } from './venues.policy.ts';

/** A house in which sessions are. Without `providerId` it is shared by the network. */
export type Venue = Omit<VenueRow, '_id'> & { id: string };

/** @throws not-allowed, unknown-provider */
export function addVenue(actor: Actor, input: VenueInput): Promise<string> {
  return inTransaction(async () => {
    await authoriseFor(actor, input.provider);
    const _id = new Types.ObjectId();
    await VenueModel.create([{ _id, ...fieldsOf(input) }]);
    recordEvent(actor, { type: 'venue-added', about: aboutVenue(String(_id), input.provider) });
    return String(_id);
  });
}

/** Changes a house. Sessions to come follow its name and address by a reaction. @throws not-found, not-allowed, unknown-provider */
export function changeVenue(actor: Actor, venueId: string, input: VenueInput): Promise<void> {
  return inTransaction(async () => {
    await venueToFurnish(actor, venueId);
    await authoriseFor(actor, input.provider);
    await VenueModel.replaceOne({ _id: venueId }, fieldsOf(input));
    recordEvent(actor, { type: 'venue-changed', about: aboutVenue(venueId, input.provider), tells: true });
  });
}

/** The houses a coordinator plans in: the own provider's and the shared ones, by name. */
export async function venuesFor(actor: Actor): Promise<Venue[]> {
  const scope = scopeOf(actor);
  const filter =
    scope === 'everything' ? {} : { $or: [{ providerId: { $in: [...scope] } }, { providerId: { $exists: false } }] };
  return (await VenueModel.find(filter).sort({ name: 1 }).lean()).map(venueOf);
}

/** A house one plans in; not there and not yours look the same. @throws not-found */
export async function venueToSee(actor: Actor, venueId: string): Promise<Venue> {
  const venue = await venueById(venueId);
  const scope = scopeOf(actor);
  const isSeen =
    venue &&
    (venue.providerId === undefined ? scope.length > 0 : scope === 'everything' || scope.includes(venue.providerId));
  if (!isSeen) throw notFound('venue');
  return venue;
}

/** @throws not-found, not-allowed where it is shared by the network */
export async function venueToFurnish(actor: Actor, venueId: string): Promise<Venue> {
  const venue = await venueToSee(actor, venueId);
  authorise(mayFurnish(actor, venue));
  return venue;
}

export async function venueById(id: string): Promise<Venue | undefined> {
  const row = Types.ObjectId.isValid(id) ? await VenueModel.findById(id).lean() : null;
  return row ? venueOf(row) : undefined;
}

export async function venuesByIds(ids: readonly string[]): Promise<Map<string, Venue>> {
  if (ids.length === 0) return new Map();
  const rows = await VenueModel.find({ _id: { $in: [...new Set(ids)] } }).lean();
  return new Map(rows.map((row) => [String(row._id), venueOf(row)]));
}

async function authoriseFor(actor: Actor, providerId: string | undefined): Promise<void> {
  authorise(mayFurnish(actor, { ...(providerId !== undefined && { providerId }) }));
  if (providerId !== undefined && !(await providerById(providerId)))
    throw new AppError('unknown-provider', 'invalid', 'No such provider.');
}

function fieldsOf({ provider, closedDays = [], ...input }: VenueInput): Omit<VenueRow, '_id'> {
  return {
    addressLines: [],
    postalCode: '',
    timeZone: 'Europe/Berlin',
    accessNotes: '',
    howToFind: '',
    openingHours: [],
    ...input,
    closedDays: closedDays.map(({ from, until = from }) => ({ from, until })),
    ...(provider !== undefined && { providerId: provider }),
  };
}

function aboutVenue(venueId: string, providerId: string | undefined) {
  return { venueId, ...(providerId !== undefined && { providerId }) };
}

function venueOf({ _id, ...row }: VenueRow): Venue {
  return { id: String(_id), ...row };
}
