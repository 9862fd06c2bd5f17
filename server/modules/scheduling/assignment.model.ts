import { model, Schema, type Types } from 'mongoose';

/** The link by which somebody without an account sees what they teach in a run. A higher generation makes an old one worthless. */
export type AssignmentRow = { _id: Types.ObjectId; runId: string; trainerId: string; linkGeneration: number };

const schema = new Schema<AssignmentRow>(
  {
    runId: { type: String, required: true },
    trainerId: { type: String, required: true },
    linkGeneration: { type: Number, required: true },
  },
  { collection: 'assignments', versionKey: false },
);
schema.index({ runId: 1, trainerId: 1 }, { unique: true });

export const AssignmentModel = model<AssignmentRow>('Assignment', schema);
