import { model, Schema } from 'mongoose';

/** A trainer has said that they cannot teach a session of theirs. Why is nobody's business. */
export type AbsenceRow = { _id: string; sessionId: string; runId: string; trainerId: string; at: Date };

const schema = new Schema<AbsenceRow>(
  {
    _id: { type: String, required: true },
    sessionId: { type: String, required: true },
    runId: { type: String, required: true },
    trainerId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'absences', versionKey: false },
);
schema.index({ runId: 1 });

export const AbsenceModel = model<AbsenceRow>('Absence', schema);
