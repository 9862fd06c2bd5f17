import { model, Schema } from 'mongoose';

/** The school holidays of one Land in one school year, as a file said them. `_id`: `NI 2026/27`. */
export type SchoolYearRow = {
  _id: string;
  land: string;
  schoolYear: string;
  periods: { name: string; firstOn: string; lastOn: string }[];
  /** The last day of all, to find the years that a span of time meets. */
  firstOn: string;
  lastOn: string;
  importedAt: Date;
  by: { kind: string; id?: string };
};

const schema = new Schema<SchoolYearRow>(
  {
    _id: { type: String, required: true },
    land: { type: String, required: true },
    schoolYear: { type: String, required: true },
    periods: { type: [{ name: String, firstOn: String, lastOn: String, _id: false }], required: true },
    firstOn: { type: String, required: true },
    lastOn: { type: String, required: true },
    importedAt: { type: Date, required: true },
    by: { type: { kind: String, id: String }, required: true, _id: false },
  },
  { collection: 'schoolYears', versionKey: false },
);
schema.index({ land: 1, lastOn: 1 });

export const SchoolYearModel = model<SchoolYearRow>('SchoolYear', schema);
