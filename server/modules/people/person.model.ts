import { model, Schema, type Types } from 'mongoose';
import type { Role } from '../history/index.ts';

export type PersonRow = {
  _id: Types.ObjectId;
  name: string;
  email: string;
  /** The address in its normalised form: what a person is known by. */
  address: string;
  language: 'de' | 'en';
  roles: Role[];
  external?: true;
};

const schema = new Schema<PersonRow>(
  {
    name: { type: String, required: true },
    email: { type: String, required: true },
    address: { type: String, required: true },
    language: { type: String, enum: ['de', 'en'], default: 'de' },
    external: { type: Boolean },
    roles: {
      type: [
        {
          kind: String,
          providerId: String,
          institutionId: String,
          rights: { type: [String], default: undefined },
          deputy: Boolean,
          name: String,
          _id: false,
        },
      ],
      default: [],
    },
  },
  { collection: 'persons', versionKey: false },
);
schema.index({ address: 1 }, { unique: true });
schema.index({ 'roles.kind': 1 });
schema.index({ 'roles.providerId': 1 });
schema.index({ 'roles.institutionId': 1 });

export const PersonModel = model<PersonRow>('Person', schema);
