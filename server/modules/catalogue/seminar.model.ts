import { model, Schema, type Types } from 'mongoose';
import { seminarKinds, type ReminderRule, type SeminarKind } from './catalogue.rules.ts';

export type ModuleRow = { _id: Types.ObjectId; title: string; content: string };

export type SeminarRow = {
  _id: Types.ObjectId;
  providerId: string;
  title: string;
  summary: string;
  description: string;
  kind: SeminarKind;
  language: string;
  modules: ModuleRow[];
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
    modules: { type: [{ title: String, content: { type: String, default: '' } }], default: [] },
    reminders: {
      type: [{ id: String, of: String, daysBefore: Number, at: String, _id: false }],
      default: [],
    },
    searchText: { type: String, required: true },
  },
  { collection: 'seminars', versionKey: false },
);
schema.index({ providerId: 1, title: 1 });
schema.index({ kind: 1 });

export const SeminarModel = model<SeminarRow>('Seminar', schema);
