import { model, Schema } from 'mongoose';

/** Minutes from one venue to another, either way. `_id`: both ids in order, or `default`. */
export type TravelRow = { _id: string; minutes: number };

const schema = new Schema<TravelRow>(
  { _id: { type: String, required: true }, minutes: { type: Number, required: true } },
  { collection: 'travel-times', versionKey: false },
);

export const TravelModel = model<TravelRow>('Travel', schema);
