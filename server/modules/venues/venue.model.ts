import { model, Schema, type Types } from 'mongoose';
import type { ClosedDays, OpeningHours } from './venues.rules.ts';

export type VenueRow = {
  _id: Types.ObjectId;
  /** Whose house it is; without one it is everybody's in the network. */
  providerId?: string;
  name: string;
  addressLines: string[];
  postalCode: string;
  town: string;
  /** IANA name: opening hours are read on this clock. */
  timeZone: string;
  accessNotes: string;
  howToFind: string;
  openingHours: OpeningHours[];
  closedDays: ClosedDays[];
};

const schema = new Schema<VenueRow>(
  {
    providerId: { type: String },
    name: { type: String, required: true },
    addressLines: { type: [String], default: [] },
    postalCode: { type: String, default: '' },
    town: { type: String, required: true },
    timeZone: { type: String, required: true },
    accessNotes: { type: String, default: '' },
    howToFind: { type: String, default: '' },
    openingHours: { type: [{ weekday: Number, from: String, until: String, _id: false }], default: [] },
    closedDays: { type: [{ from: String, until: String, _id: false }], default: [] },
  },
  { collection: 'venues', versionKey: false },
);
schema.index({ providerId: 1, name: 1 });

export const VenueModel = model<VenueRow>('Venue', schema);
