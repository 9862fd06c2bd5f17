import { model, Schema, type Types } from 'mongoose';

export type SessionRow = {
  _id: Types.ObjectId;
  runId: Types.ObjectId;
  moduleId?: Types.ObjectId;
  startsAt: Date;
  endsAt: Date;
  /** IANA name. */
  timeZone: string;
  /** A place in words, or an https link. */
  location: string;
  trainerIds: Types.ObjectId[];
};

const schema = new Schema<SessionRow>(
  {
    runId: { type: Schema.Types.ObjectId, required: true },
    moduleId: { type: Schema.Types.ObjectId },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    location: { type: String, required: true },
    trainerIds: { type: [Schema.Types.ObjectId], default: [] },
  },
  { collection: 'sessions', versionKey: false },
);
schema.index({ runId: 1, startsAt: 1 });
schema.index({ trainerIds: 1, startsAt: 1 });

export const SessionModel = model<SessionRow>('Session', schema);
