import { model, Schema } from 'mongoose';

/** A form that was sent, by the fingerprint of who sent what with which key, and what came of it. */
export type RequestRow = { _id: string; outcome: string; at: Date };

const schema = new Schema<RequestRow>(
  {
    _id: { type: String, required: true },
    outcome: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'requests', versionKey: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: 7 * 86_400 });

export const RequestModel = model<RequestRow>('Request', schema);
