import { model, Schema, type Types } from 'mongoose';

/** A calendar that somebody may subscribe to by its address. A higher generation makes the old address worthless. */
export type FeedRow = {
  _id: Types.ObjectId;
  kind: 'provider' | 'room' | 'trainer';
  /** Of the provider, the room, or the person. */
  subjectId: string;
  generation: number;
  createdAt: Date;
};

const schema = new Schema<FeedRow>(
  {
    kind: { type: String, enum: ['provider', 'room', 'trainer'], required: true },
    subjectId: { type: String, required: true },
    generation: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'feeds', versionKey: false },
);
schema.index({ subjectId: 1, kind: 1 }, { unique: true });

export const FeedModel = model<FeedRow>('Feed', schema);
