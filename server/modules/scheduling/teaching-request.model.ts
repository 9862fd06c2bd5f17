import { model, Schema, type Types } from 'mongoose';

export const answers = ['asked', 'accepted', 'declined', 'withdrawn'] as const;
export type RequestStatus = (typeof answers)[number];

/** Somebody is asked to teach sessions of a run, and has until `answerBy` to say so. */
export type TeachingRequestRow = {
  _id: Types.ObjectId;
  runId: string;
  providerId: string;
  sessionIds: string[];
  trainerId: string;
  status: RequestStatus;
  answerBy: Date;
  askedAt: Date;
  askedBy: { kind: string; id?: string };
  answeredAt?: Date;
  /** Requests of one group are for one place: the first who accepts gets it, from whom it names. */
  groupId?: string;
  replaces?: string;
  linkGeneration: number;
};

const schema = new Schema<TeachingRequestRow>(
  {
    runId: { type: String, required: true },
    providerId: { type: String, required: true },
    sessionIds: { type: [String], required: true },
    trainerId: { type: String, required: true },
    status: { type: String, enum: answers, required: true },
    answerBy: { type: Date, required: true },
    askedAt: { type: Date, required: true },
    askedBy: { type: { kind: String, id: String }, required: true, _id: false },
    answeredAt: { type: Date },
    groupId: { type: String },
    replaces: { type: String },
    linkGeneration: { type: Number, required: true },
  },
  { collection: 'teaching-requests', versionKey: false },
);
schema.index({ runId: 1, askedAt: 1 });
schema.index({ trainerId: 1, status: 1 });
schema.index({ groupId: 1 }, { partialFilterExpression: { groupId: { $exists: true } } });

export const TeachingRequestModel = model<TeachingRequestRow>('TeachingRequest', schema);
