import { model, Schema } from 'mongoose';
import type { AccessFeature } from '../venues/index.ts';

/**
 * What somebody needs in order to take part, kept apart from the booking. `_id`: run and participant, as booking knows
 * a person in a run; nothing in it names anybody.
 */
export type AccessNeedRow = { _id: string; runId: string; key: string; features: AccessFeature[]; note: string };

const schema = new Schema<AccessNeedRow>(
  {
    _id: { type: String, required: true },
    runId: { type: String, required: true },
    key: { type: String, required: true },
    features: { type: [String], default: [] },
    note: { type: String, default: '' },
  },
  { collection: 'access-needs', versionKey: false },
);
schema.index({ runId: 1 });

export const AccessNeedModel = model<AccessNeedRow>('AccessNeed', schema);
