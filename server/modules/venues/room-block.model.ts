import { model, Schema, type Types } from 'mongoose';

/** A time in which a room cannot be used: repairs, an election, somebody else's party. */
export type RoomBlockRow = {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  startsAt: Date;
  endsAt: Date;
  reason: string;
};

const schema = new Schema<RoomBlockRow>(
  {
    roomId: { type: Schema.Types.ObjectId, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    reason: { type: String, default: '' },
  },
  { collection: 'room-blocks', versionKey: false },
);
schema.index({ roomId: 1, endsAt: 1 });

export const RoomBlockModel = model<RoomBlockRow>('RoomBlock', schema);
