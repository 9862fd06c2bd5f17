import { model, Schema, type Types } from 'mongoose';
import type { SessionRow } from './session.model.ts';

/** Why a session is no longer in the plan: it will not take place, or has no date at the moment. */
export type WhySetAside = {
  because: 'cancelled' | 'postponed';
  at: Date;
  by: { kind: string; id?: string };
  reason?: string;
};

/** A session that left the plan, whole, under its own id: calendars know it, and it may come back with new dates. */
export type SetAsideRow = { _id: Types.ObjectId; runId: Types.ObjectId; session: SessionRow; why: WhySetAside };

const schema = new Schema<SetAsideRow>(
  {
    runId: { type: Schema.Types.ObjectId, required: true },
    session: { type: Schema.Types.Mixed, required: true },
    why: {
      type: { because: String, at: Date, by: { type: { kind: String, id: String }, _id: false }, reason: String },
      required: true,
      _id: false,
    },
  },
  { collection: 'sessions-set-aside', versionKey: false },
);
schema.index({ runId: 1 });
schema.index({ 'session.roomId': 1 }, { sparse: true });
schema.index({ 'session.trainerIds': 1 }, { sparse: true });

export const SetAsideModel = model<SetAsideRow>('SetAsideSession', schema);
