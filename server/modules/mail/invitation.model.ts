import { model, Schema } from 'mongoose';

/** What was last sent to one attendee for one session: the memory that lets SEQUENCE only grow. */
export type InvitationRow = {
  /** The UID of the calendar entry, the same for ever. */
  _id: string;
  sequence: number;
  method: 'REQUEST' | 'CANCEL';
  /** Fingerprint of the content that was sent. */
  fingerprint: string;
  messageId: string;
  /** Whom the calendar takes for the organiser, for ever: where it answers to. Not kept where nobody reads answers. */
  organiser?: string;
  /** What the calendar answered to this SEQUENCE or an earlier one. */
  answer?: CalendarAnswer;
};

export type CalendarAnswer = {
  answer: 'accepted' | 'declined' | 'tentative' | 'countered';
  sequence: number;
  stampedAt: Date;
  at: Date;
};

const schema = new Schema<InvitationRow>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true },
    method: { type: String, enum: ['REQUEST', 'CANCEL'], required: true },
    fingerprint: { type: String, required: true },
    messageId: { type: String, required: true },
    organiser: { type: String },
    answer: { type: { answer: String, sequence: Number, stampedAt: Date, at: Date }, _id: false },
  },
  { collection: 'invitations', versionKey: false },
);

export const InvitationModel = model<InvitationRow>('Invitation', schema);
