import { model, Schema, type Types } from 'mongoose';
import type { AccessFeature, Equipment, SeatingCapacity } from './venues.rules.ts';

export type RoomRow = {
  _id: Types.ObjectId;
  venueId: Types.ObjectId;
  name: string;
  capacities: SeatingCapacity[];
  equipment: Equipment[];
  accessibility: AccessFeature[];
  setUpMinutes: number;
  clearUpMinutes: number;
};

const schema = new Schema<RoomRow>(
  {
    venueId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    capacities: { type: [{ seating: String, places: Number, _id: false }], default: [] },
    equipment: { type: [String], default: [] },
    accessibility: { type: [String], default: [] },
    setUpMinutes: { type: Number, default: 0 },
    clearUpMinutes: { type: Number, default: 0 },
  },
  { collection: 'rooms', versionKey: false },
);
schema.index({ venueId: 1, name: 1 });

export const RoomModel = model<RoomRow>('Room', schema);
