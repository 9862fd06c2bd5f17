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
};

const schema = new Schema<InvitationRow>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true },
    method: { type: String, enum: ['REQUEST', 'CANCEL'], required: true },
    fingerprint: { type: String, required: true },
    messageId: { type: String, required: true },
  },
  { collection: 'invitations', versionKey: false },
);

export const InvitationModel = model<InvitationRow>('Invitation', schema);
