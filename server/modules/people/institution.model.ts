import { model, Schema, type Types } from 'mongoose';

export const institutionKinds = ['administration', 'school', 'counselling-centre', 'business', 'association'] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

export type InstitutionRow = { _id: Types.ObjectId; name: string; kind: InstitutionKind };

const schema = new Schema<InstitutionRow>(
  { name: { type: String, required: true }, kind: { type: String, enum: institutionKinds, required: true } },
  { collection: 'institutions', versionKey: false },
);
schema.index({ name: 1 });

export const InstitutionModel = model<InstitutionRow>('Institution', schema);
