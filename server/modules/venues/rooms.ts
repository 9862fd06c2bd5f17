import { Types } from 'mongoose';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { RoomModel, type RoomRow } from './room.model.ts';
import type { RoomInput } from './venues.input.ts';
import { mayFurnish } from './venues.policy.ts';
import { venuesByIds, venuesFor, venueToFurnish, venueToSee, type Venue } from './venues.ts';

/** A room with the house it is in. */
export type Room = Omit<RoomRow, '_id' | 'venueId'> & { id: string; venue: Venue };

/** @throws not-found, not-allowed */
export function addRoom(actor: Actor, venueId: string, input: RoomInput): Promise<string> {
  return inTransaction(async () => {
    const venue = await venueToFurnish(actor, venueId);
    const _id = new Types.ObjectId();
    await RoomModel.create([{ _id, venueId: new Types.ObjectId(venueId), ...fieldsOf(input) }]);
    recordEvent(actor, { type: 'room-added', about: aboutRoom(String(_id), venue) });
    return String(_id);
  });
}

/** Changes a room. Sessions to come follow its name by a reaction. @throws not-found, not-allowed */
export function changeRoom(actor: Actor, roomId: string, input: RoomInput): Promise<void> {
  return inTransaction(async () => {
    const { venue } = await roomToFurnish(actor, roomId);
    await RoomModel.updateOne({ _id: roomId }, { $set: fieldsOf(input) });
    recordEvent(actor, { type: 'room-changed', about: aboutRoom(roomId, venue), tells: true });
  });
}

/** Every room one plans in, house by house. */
export async function roomsFor(actor: Actor): Promise<Room[]> {
  const venues = await venuesFor(actor);
  const rows = await RoomModel.find({ venueId: { $in: venues.map(({ id }) => new Types.ObjectId(id)) } })
    .sort({ name: 1 })
    .lean();
  return venues.flatMap((venue) =>
    rows.filter(({ venueId }) => String(venueId) === venue.id).map((row) => roomOf(row, venue)),
  );
}

/** The rooms of a house. Asks for no permission: for those who have the house. */
export async function roomsOfVenue(venue: Venue): Promise<Room[]> {
  const rows = await RoomModel.find({ venueId: venue.id }).sort({ name: 1 }).lean();
  return rows.map((row) => roomOf(row, venue));
}

/** Not there and not yours look the same. @throws not-found */
export async function roomToSee(actor: Actor, roomId: string): Promise<Room> {
  const room = (await roomsByIds([roomId])).get(roomId);
  if (!room) throw notFound('room');
  await venueToSee(actor, room.venue.id);
  return room;
}

/** @throws not-found, not-allowed */
export async function roomToFurnish(actor: Actor, roomId: string): Promise<Room> {
  const room = await roomToSee(actor, roomId);
  await venueToFurnish(actor, room.venue.id);
  return room;
}

export function mayFurnishRoom(actor: Actor, { venue }: Room): boolean {
  return mayFurnish(actor, venue);
}

/** Rooms by id, with their houses; ids of none are left out. Asks for no permission. */
export async function roomsByIds(ids: readonly string[]): Promise<Map<string, Room>> {
  const known = [...new Set(ids)].filter((id) => Types.ObjectId.isValid(id));
  if (known.length === 0) return new Map();
  const rows = await RoomModel.find({ _id: { $in: known } }).lean();
  const venues = await venuesByIds(rows.map(({ venueId }) => String(venueId)));
  return new Map(
    rows.flatMap((row) => {
      const venue = venues.get(String(row.venueId));
      return venue ? [[String(row._id), roomOf(row, venue)] as const] : [];
    }),
  );
}

function fieldsOf(input: RoomInput) {
  return { capacities: [], equipment: [], accessibility: [], setUpMinutes: 0, clearUpMinutes: 0, ...input };
}

function aboutRoom(roomId: string, { id: venueId, providerId }: Venue) {
  return { roomId, venueId, ...(providerId !== undefined && { providerId }) };
}

function roomOf({ _id, venueId: _in, ...row }: RoomRow, venue: Venue): Room {
  return { id: String(_id), ...row, venue };
}
