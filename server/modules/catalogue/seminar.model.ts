import { model, Schema, type Types } from 'mongoose';
import {
  approvals,
  bookingModes,
  seminarKinds,
  type Approval,
  type BookingMode,
  type SeminarKind,
} from './catalogue.rules.ts';
import type { ReminderRule } from './reminder-plan.rules.ts';

/** `teachingUnits`: hours of 45 minutes. */
export type ModuleRow = { _id: Types.ObjectId; title: string; content: string; teachingUnits?: number };

export type SeminarRow = {
  _id: Types.ObjectId;
  providerId: string;
  title: string;
  summary: string;
  description: string;
  kind: SeminarKind;
  language: string;
  modules: ModuleRow[];
  /** As a whole, when it does not say. */
  booking?: BookingMode;
  /** Nobody has to, when it does not say. */
  approval?: Approval;
  reminders: ReminderRule[];
  /** Title and summary as they are searched for. */
  searchText: string;
};

const schema = new Schema<SeminarRow>(
  {
    providerId: { type: String, required: true },
    title: { type: String, required: true },
    summary: { type: String, required: true },
    description: { type: String, default: '' },
    kind: { type: String, enum: seminarKinds, required: true },
    language: { type: String, required: true },
    modules: {
      type: [{ title: String, content: { type: String, default: '' }, teachingUnits: Number }],
      default: [],
    },
    booking: { type: String, enum: bookingModes },
    approval: { type: String, enum: approvals },
    // Checked by the input; a schema of all the shapes that a rule has would fill in those it has not.
    reminders: { type: Schema.Types.Mixed, default: () => [] },
    searchText: { type: String, required: true },
  },
  { collection: 'seminars', versionKey: false },
);
schema.index({ providerId: 1, title: 1 });
schema.index({ kind: 1 });

export const SeminarModel = model<SeminarRow>('Seminar', schema);
