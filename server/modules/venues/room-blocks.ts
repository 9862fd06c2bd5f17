import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { RoomBlockModel, type RoomBlockRow } from './room-block.model.ts';

/** A time in which a room cannot be used. */
export type RoomBlock = { id: string; roomId: string; startsAt: Date; endsAt: Date; reason: string };

/** Writes a blocked time, in the open transaction of whoever has taken the room's days. Gives the id. */
export async function insertRoomBlock(block: Omit<RoomBlock, 'id'>): Promise<string> {
  const _id = new Types.ObjectId();
  await RoomBlockModel.create([{ _id, ...block, roomId: new Types.ObjectId(block.roomId) }]);
  return String(_id);
}

export async function deleteRoomBlock(id: string): Promise<void> {
  await RoomBlockModel.deleteOne({ _id: id });
}

/** @throws not-found */
export async function roomBlockById(id: string): Promise<RoomBlock> {
  const row = Types.ObjectId.isValid(id) ? await RoomBlockModel.findById(id).lean() : null;
  if (!row) throw notFound('blocked time');
  return blockOf(row);
}

/** The blocked times of rooms that touch the span, the first one first. */
export async function roomBlocks(roomIds: readonly string[], from: Date, until?: Date): Promise<RoomBlock[]> {
  if (roomIds.length === 0) return [];
  const rows = await RoomBlockModel.find({
    roomId: { $in: roomIds.map((id) => new Types.ObjectId(id)) },
    endsAt: { $gt: from },
    ...(until && { startsAt: { $lt: until } }),
  })
    .sort({ startsAt: 1 })
    .lean();
  return rows.map(blockOf);
}

function blockOf({ _id, roomId, startsAt, endsAt, reason }: RoomBlockRow): RoomBlock {
  return { id: String(_id), roomId: String(roomId), startsAt, endsAt, reason };
}
