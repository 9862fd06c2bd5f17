import { model, Schema } from 'mongoose';
import type { Role } from '../history/index.ts';

export type ApiTokenRow = {
  /** Fingerprint of the token: the token itself is never stored. */
  _id: string;
  roles: Role[];
  createdAt: Date;
  revokedAt?: Date;
};

const schema = new Schema<ApiTokenRow>(
  {
    _id: { type: String, required: true },
    roles: { type: [{ kind: String, providerId: String, _id: false }], required: true },
    createdAt: { type: Date, required: true },
    revokedAt: { type: Date },
  },
  { collection: 'apiTokens', versionKey: false },
);

export const ApiTokenModel = model<ApiTokenRow>('ApiToken', schema);
