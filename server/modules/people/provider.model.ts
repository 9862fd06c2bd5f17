import { model, Schema } from 'mongoose';

export type ProviderRow = {
  /** The slug: short, lower case, for ever. */
  _id: string;
  name: string;
  shortName: string;
  about: string;
  email: string;
  website?: string;
  /** The Land whose holidays count, by its ISO 3166-2 code: `NI`. */
  land?: string;
};

const schema = new Schema<ProviderRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    shortName: { type: String, required: true },
    about: { type: String, default: '' },
    email: { type: String, required: true },
    website: { type: String },
    land: { type: String },
  },
  { collection: 'providers', versionKey: false },
);

export const ProviderModel = model<ProviderRow>('Provider', schema);
