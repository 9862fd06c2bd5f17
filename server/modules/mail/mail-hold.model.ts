import { model, Schema } from 'mongoose';

/** There while mail is held back: one row, `_id` is `mail`. */
export type MailHoldRow = { _id: 'mail'; at: Date; by: { kind: string; id?: string }; reason: string };

const schema = new Schema<MailHoldRow>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: { kind: String, id: String }, required: true, _id: false },
    reason: { type: String, required: true },
  },
  { collection: 'mailHolds', versionKey: false },
);

export const MailHoldModel = model<MailHoldRow>('MailHold', schema);
