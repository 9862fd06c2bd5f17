import { model, Schema, type Types } from 'mongoose';

export const messageKinds = [
  'booking-confirmed',
  'waiting-list-joined',
  'promoted',
  'place-offered',
  'offer-reminder',
  'offer-lapsed',
  'offer-declined',
  'places-free-late',
  'approval-asked',
  'approval-reminder',
  'approval-ended',
  'approval-pending',
  'approval-refused',
  'approval-expired',
  'booking-cancelled',
  'waiting-list-left',
  'already-booked',
  'invitation',
  'invitation-updated',
  'invitation-cancelled',
  'calendar-declined',
  'calendar-countered',
  'session-moved',
  'session-added',
  'session-cancelled',
  'run-postponed',
  'run-rescheduled',
  'run-cancelled',
  'modules-changed',
  'booking-reduced',
  'booking-split',
  'names-missing',
  'names-lapsed',
  'details-asked',
  'booking-moved',
  'run-merged',
  'decision-due',
  'reminder',
  'follow-up',
  'trainer-assigned',
  'trainer-released',
  'teaching-asked',
  'teaching-reminder',
  'teaching-withdrawn',
  'teaching-answered',
  'teaching-unanswered',
  'trainer-links-renewed',
  'trainer-absent',
  'interest-confirm',
  'interest-noted',
  'interest-invited',
  'interest-closed',
  'in-house-confirm',
  'in-house-asked',
  'in-house-planned',
  'in-house-declined',
  'wording-trial',
  'sign-in-code',
  'person-invited',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Those that a reminder plan makes, before a session and after it. */
export const reminderKinds: readonly MessageKind[] = ['reminder', 'follow-up'];

export const messageStates = ['due', 'claimed', 'sent', 'failed', 'withdrawn', 'missed'] as const;
export type MessageState = (typeof messageStates)[number];

/** Whom a message is for, by id: the booker of a booking, one of its participants or (`linkId`) somebody asked to be one, whoever approves it, a person, or a sign-in. */
export type Recipient =
  | { bookingId: string; participantId?: string; linkId?: string }
  | { bookingId: string; approverId: string }
  | { personId: string }
  | { signInId: string }
  | { interestId: string }
  | { inHouseId: string };

/** `changeId`: the act of planning that it tells of. */
export type MessageAbout = { runId?: string; sessionId?: string; bookingId?: string; changeId?: string };

/** What was settled at the first attempt, so that every further one sends the same. */
export type SentCalendar = { method: 'REQUEST' | 'CANCEL'; uid: string; sequence: number; stampedAt: Date };

export type MessageRow = {
  _id: Types.ObjectId;
  /** Unique: whatever decides twice posts once. */
  key: string;
  kind: MessageKind;
  to: Recipient;
  about: MessageAbout;
  facts: Record<string, unknown>;
  dueAt: Date;
  state: MessageState;
  attempts: number;
  leaseUntil?: Date;
  /** When the first attempt was made: the Date of the mail, for ever. */
  firstTriedAt?: Date;
  calendar?: SentCalendar;
  settledAt?: Date;
  /** When it came back although the mail server had taken it. */
  returnedAt?: Date;
  reason?: string;
};

const schema = new Schema<MessageRow>(
  {
    key: { type: String, required: true },
    kind: { type: String, enum: messageKinds, required: true },
    to: { type: Schema.Types.Mixed, required: true },
    about: { type: Schema.Types.Mixed, required: true },
    facts: { type: Schema.Types.Mixed, default: {} },
    dueAt: { type: Date, required: true },
    state: { type: String, enum: messageStates, required: true },
    attempts: { type: Number, required: true },
    leaseUntil: { type: Date },
    firstTriedAt: { type: Date },
    calendar: { type: { method: String, uid: String, sequence: Number, stampedAt: Date }, _id: false },
    settledAt: { type: Date },
    returnedAt: { type: Date },
    reason: { type: String },
  },
  { collection: 'messages', versionKey: false, minimize: false },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ state: 1, dueAt: 1 });
schema.index({ 'about.bookingId': 1, state: 1 });
schema.index({ 'about.runId': 1, kind: 1 }, { partialFilterExpression: { 'to.personId': { $exists: true } } });
schema.index({ 'about.changeId': 1, state: 1 }, { partialFilterExpression: { 'about.changeId': { $exists: true } } });

export const MessageModel = model<MessageRow>('Message', schema);
