import { model, Schema } from 'mongoose';

/** A day of a room or of a trainer. Whoever plans something on it raises the turn: two transactions meet here. */
export type ResourceDayRow = { _id: string; turn: number };

const schema = new Schema<ResourceDayRow>(
  { _id: { type: String, required: true }, turn: { type: Number, required: true } },
  { collection: 'resource-days', versionKey: false },
);

export const ResourceDayModel = model<ResourceDayRow>('ResourceDay', schema);
