import { model, Schema, type Types } from 'mongoose';

/** How those who asked are answered when there is a date: booked in their order, or asked until a deadline. */
export const answers = ['book', 'ask'] as const;
export type Answer = (typeof answers)[number];

/** A seminar without a date that collects who would come. */
export type InterestListRow = {
  _id: Types.ObjectId;
  seminarId: string;
  providerId: string;
  answer: Answer;
  answerDays: number;
  status: 'open' | 'dated' | 'closed';
  nextNumber: number;
  /** The run that its people are booked in or asked for. */
  runId?: string;
  /** Until when those who were asked come before everybody else. */
  answerUntil?: Date;
  createdAt: Date;
};

export const interestStates = ['unconfirmed', 'open', 'invited', 'booked', 'withdrawn', 'lapsed', 'closed'] as const;
export type InterestStatus = (typeof interestStates)[number];

export type InterestRow = {
  _id: Types.ObjectId;
  listId: string;
  /** Whose turn it is, drawn inside the transaction in which the address was confirmed. */
  number: number;
  contact: { name: string; email: string; address: string; language: 'de' | 'en' };
  places: number;
  times?: string;
  status: InterestStatus;
  bookingId?: string;
  createdAt: Date;
  /** When names and address go: the row is deleted then. */
  expiresAt: Date;
};

const listSchema = new Schema<InterestListRow>(
  {
    seminarId: { type: String, required: true },
    providerId: { type: String, required: true },
    answer: { type: String, enum: answers, required: true },
    answerDays: { type: Number, required: true },
    status: { type: String, required: true },
    nextNumber: { type: Number, required: true },
    runId: { type: String },
    answerUntil: { type: Date },
    createdAt: { type: Date, required: true },
  },
  { collection: 'interestLists', versionKey: false },
);
listSchema.index({ seminarId: 1, status: 1 });
listSchema.index({ status: 1, answerUntil: 1 });
listSchema.index({ createdAt: -1 });
listSchema.index({ providerId: 1, createdAt: -1 });
listSchema.index({ runId: 1 }, { partialFilterExpression: { runId: { $exists: true } } });

const schema = new Schema<InterestRow>(
  {
    listId: { type: String, required: true },
    number: { type: Number, required: true },
    contact: { type: { name: String, email: String, address: String, language: String }, required: true, _id: false },
    places: { type: Number, required: true },
    times: { type: String },
    status: { type: String, enum: interestStates, required: true },
    bookingId: { type: String },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'interests', versionKey: false },
);
schema.index({ listId: 1, number: 1 }, { unique: true });
schema.index({ listId: 1, 'contact.address': 1 });
schema.index({ 'contact.address': 1, createdAt: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const InterestListModel = model<InterestListRow>('InterestList', listSchema);
export const InterestModel = model<InterestRow>('Interest', schema);
