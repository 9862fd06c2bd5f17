import { model, Schema } from 'mongoose';

/** A trainer may teach a seminar. `_id`: both ids. */
export type QualificationRow = { _id: string; trainerId: string; seminarId: string };

const schema = new Schema<QualificationRow>(
  {
    _id: { type: String, required: true },
    trainerId: { type: String, required: true },
    seminarId: { type: String, required: true },
  },
  { collection: 'qualifications', versionKey: false },
);
schema.index({ trainerId: 1 });
schema.index({ seminarId: 1 });

export const QualificationModel = model<QualificationRow>('Qualification', schema);
