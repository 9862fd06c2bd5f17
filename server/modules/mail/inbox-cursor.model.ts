import { model, Schema } from 'mongoose';

/** How far an inbox has been read. `_id` is a fingerprint of its address and server. */
export type InboxCursorRow = {
  _id: string;
  /** What the server gives for as long as its numbers mean the same mails (RFC 3501 2.3.1.1). */
  validity: string;
  lastUid: number;
  /** How often the mail after the last one was begun in vain. */
  triedInVain: number;
};

const schema = new Schema<InboxCursorRow>(
  {
    _id: { type: String, required: true },
    validity: { type: String, required: true },
    lastUid: { type: Number, required: true },
    triedInVain: { type: Number, required: true },
  },
  { collection: 'inboxCursors', versionKey: false },
);

export const InboxCursorModel = model<InboxCursorRow>('InboxCursor', schema);
