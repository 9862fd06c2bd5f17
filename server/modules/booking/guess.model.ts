import { model, Schema } from 'mongoose';

/** How many wrong codes came from one place lately. `_id`: its fingerprint; nothing in it names anybody. */
export type GuessRow = { _id: string; count: number; until: Date };

const schema = new Schema<GuessRow>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'code-guesses', versionKey: false },
);
schema.index({ until: 1 }, { expireAfterSeconds: 0 });

export const GuessModel = model<GuessRow>('CodeGuess', schema);
