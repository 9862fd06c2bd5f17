import { model, Schema, type Types } from 'mongoose';

export type SignInRow = {
  _id: Types.ObjectId;
  /** Fingerprint of the address that asked: there is a row for every address, known or not. */
  addressFingerprint: string;
  personId?: string;
  askedAt: Date;
  expiresAt: Date;
  wrongCodes: number;
  usedAt?: Date;
};

const schema = new Schema<SignInRow>(
  {
    addressFingerprint: { type: String, required: true },
    personId: { type: String },
    askedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    wrongCodes: { type: Number, required: true },
    usedAt: { type: Date },
  },
  { collection: 'signIns', versionKey: false },
);
schema.index({ addressFingerprint: 1, askedAt: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 86_400 });

export const SignInModel = model<SignInRow>('SignIn', schema);
