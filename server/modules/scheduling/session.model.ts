import { model, Schema, type Types } from 'mongoose';

/** Somebody planned this although something hard speaks against it: what, why, and who said so. */
export type OverrideRow = { key: string; reason: string; at: Date; by: { kind: string; id?: string } };

export type SessionRow = {
  _id: Types.ObjectId;
  runId: Types.ObjectId;
  moduleId?: Types.ObjectId;
  startsAt: Date;
  endsAt: Date;
  /** IANA name. */
  timeZone: string;
  /** A place in words, or an https link; written from the room where there is one. */
  location: string;
  roomId?: Types.ObjectId;
  trainerIds: Types.ObjectId[];
  /** The days of its room and trainers that it takes: who else is there is found by them. */
  resourceDays?: string[];
  overrides?: OverrideRow[];
};

const schema = new Schema<SessionRow>(
  {
    runId: { type: Schema.Types.ObjectId, required: true },
    moduleId: { type: Schema.Types.ObjectId },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    location: { type: String, required: true },
    roomId: { type: Schema.Types.ObjectId },
    trainerIds: { type: [Schema.Types.ObjectId], default: [] },
    resourceDays: { type: [String], default: [] },
    overrides: {
      type: [
        { key: String, reason: String, at: Date, by: { type: { kind: String, id: String }, _id: false }, _id: false },
      ],
      default: [],
    },
  },
  { collection: 'sessions', versionKey: false },
);
schema.index({ runId: 1, startsAt: 1 });
schema.index({ trainerIds: 1, startsAt: 1 });
schema.index({ startsAt: 1 });
schema.index({ roomId: 1, startsAt: 1 });
schema.index({ resourceDays: 1 });
schema.index({ moduleId: 1 });

export const SessionModel = model<SessionRow>('Session', schema);
