import { model, Schema, type Types } from 'mongoose';

export const institutionKinds = ['administration', 'school', 'counselling-centre', 'business', 'association'] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

/** Where an invoice goes. `leitwegId`: by which a public body's incoming mail sorts it. */
export type Billing = {
  recipient: string;
  street: string;
  postalCode: string;
  town: string;
  costCentre?: string;
  leitwegId?: string;
};

export type InstitutionRow = {
  _id: Types.ObjectId;
  name: string;
  kind: InstitutionKind;
  billing?: Billing;
  /** Whatever is booked for it has to be approved by one of its contacts who may. */
  asksApproval?: boolean;
  /** Raised by whoever changes its contacts: two who do so at once meet here. */
  turn?: number;
};

const schema = new Schema<InstitutionRow>(
  {
    name: { type: String, required: true },
    kind: { type: String, enum: institutionKinds, required: true },
    billing: {
      type: {
        recipient: String,
        street: String,
        postalCode: String,
        town: String,
        costCentre: String,
        leitwegId: String,
      },
      _id: false,
    },
    asksApproval: { type: Boolean },
    turn: { type: Number },
  },
  { collection: 'institutions', versionKey: false },
);
schema.index({ name: 1 });

export const InstitutionModel = model<InstitutionRow>('Institution', schema);
