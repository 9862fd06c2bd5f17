import { model, Schema } from 'mongoose';
import type { Wording } from './wording.rules.ts';

export type ChangeRow = { at: Date; by: { kind: string; id?: string }; wording: Wording };
/** `_id`: owner, kind of mail and language. `changes`: the latest last; one without any words is a reset. */
export type WordingRow = { _id: string; owner: string; wording: Wording; changes: ChangeRow[] };

const schema = new Schema<WordingRow>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    wording: { type: Schema.Types.Mixed, default: () => ({}) },
    changes: { type: Schema.Types.Mixed, default: () => [] },
  },
  { collection: 'wordings', versionKey: false, minimize: false },
);
schema.index({ owner: 1 });

export const WordingModel = model<WordingRow>('Wording', schema);
