import { model, Schema } from 'mongoose';

/** A fact about the data as a whole: `demo` says that they are invented. */
export type MarkRow = { _id: string };

const schema = new Schema<MarkRow>(
  { _id: { type: String, required: true } },
  { collection: 'marks', versionKey: false },
);

export const MarkModel = model<MarkRow>('Mark', schema);
