import { model, Schema, type Types } from 'mongoose';

export const inHouseStates = ['unconfirmed', 'asked', 'planned', 'declined', 'withdrawn'] as const;
export type InHouseStatus = (typeof inHouseStates)[number];

/** An institution asks for a seminar for its own people. */
export type InHouseRow = {
  _id: Types.ObjectId;
  providerId: string;
  seminarId?: string;
  institution: string;
  topic: string;
  groupSize: number;
  periods: string;
  place: string;
  message?: string;
  contact: { name: string; email: string; address: string; language: 'de' | 'en' };
  status: InHouseStatus;
  states: { status: InHouseStatus; at: Date; by: { kind: string; id?: string }; reason?: string }[];
  runId?: string;
  createdAt: Date;
  /** When the row is deleted: soon while nobody has confirmed it, half a year after it is settled. */
  expiresAt?: Date;
};

const schema = new Schema<InHouseRow>(
  {
    providerId: { type: String, required: true },
    seminarId: { type: String },
    institution: { type: String, required: true },
    topic: { type: String, required: true },
    groupSize: { type: Number, required: true },
    periods: { type: String, required: true },
    place: { type: String, required: true },
    message: { type: String },
    contact: { type: { name: String, email: String, address: String, language: String }, required: true, _id: false },
    status: { type: String, enum: inHouseStates, required: true },
    states: {
      type: [
        {
          status: String,
          at: Date,
          by: { type: { kind: String, id: String }, _id: false },
          reason: String,
          _id: false,
        },
      ],
      required: true,
    },
    runId: { type: String },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date },
  },
  { collection: 'inHouseRequests', versionKey: false },
);
schema.index({ providerId: 1, status: 1, createdAt: 1 });
schema.index({ createdAt: -1 });
schema.index({ runId: 1 }, { partialFilterExpression: { runId: { $exists: true } } });
schema.index({ 'contact.address': 1, createdAt: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const InHouseModel = model<InHouseRow>('InHouseRequest', schema);
