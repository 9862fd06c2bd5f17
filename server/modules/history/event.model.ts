import { model, Schema, type Types } from 'mongoose';

/** What an event is about: ids only. */
export type EventAbout = {
  providerId?: string;
  seminarId?: string;
  runId?: string;
  sessionId?: string;
  bookingId?: string;
  personId?: string;
  institutionId?: string;
  venueId?: string;
  roomId?: string;
  /** The act of planning that it belongs to, which may change several sessions at once. */
  changeId?: string;
};

export type EventRow = {
  _id: Types.ObjectId;
  type: string;
  at: Date;
  by: { kind: string; id?: string };
  about: EventAbout;
  facts: Record<string, unknown>;
  /** There until every reaction to it is done. */
  pending?: true;
  leaseUntil?: Date;
  /** How far a reaction that tells many has come. */
  cursor?: string;
};

const schema = new Schema<EventRow>(
  {
    type: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: { kind: String, id: String }, required: true, _id: false },
    about: { type: Schema.Types.Mixed, required: true },
    facts: { type: Schema.Types.Mixed, default: {} },
    pending: { type: Boolean },
    leaseUntil: { type: Date },
    cursor: { type: String },
  },
  { collection: 'events', versionKey: false, minimize: false },
);
schema.index({ pending: 1, at: 1 }, { partialFilterExpression: { pending: true } });
schema.index({ 'about.runId': 1, at: 1 });
schema.index({ 'about.bookingId': 1, at: 1 });
schema.index(
  { 'about.institutionId': 1, at: 1 },
  { partialFilterExpression: { 'about.institutionId': { $exists: true } } },
);
schema.index({ 'about.changeId': 1 }, { partialFilterExpression: { 'about.changeId': { $exists: true } } });

export const EventModel = model<EventRow>('Event', schema);
