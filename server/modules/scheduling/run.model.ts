import { model, Schema, type Types } from 'mongoose';
import type { ReminderRule } from '../catalogue/index.ts';
import { seatings, type AccessFeature, type Equipment, type Seating } from '../venues/index.ts';
import { groupWays, type GroupWay } from './group-names.rules.ts';
import { afterNamesWays, type AfterNames } from './names-until.rules.ts';
import type { QueuePolicy } from './queue-policy.ts';

export const runStates = ['draft', 'published', 'cancelled', 'postponed', 'completed'] as const;
export type RunStatus = (typeof runStates)[number];

/** When the first session of a module begins. */
export type ModuleStart = { moduleId: string; at: Date };

export type RunRow = {
  _id: Types.ObjectId;
  seminarId: Types.ObjectId;
  providerId: string;
  status: RunStatus;
  minimum?: number;
  /** The calendar day from which a run below its minimum wants a decision; two weeks before it starts, when it does not say. */
  decisionOn?: string;
  /** When its coordinators were asked for that decision. */
  decisionAskedAt?: Date;
  /** It is to be held although it is below its minimum. */
  holding?: { at: Date; by: { kind: string; id?: string } };
  /** The run its bookings went to, where it was cancelled for that. */
  mergedInto?: string;
  policy: QueuePolicy;
  /** Bookers cancel by themselves until this many hours before the first session. */
  cancellationHours: number;
  /** The last calendar day on which bookers may put somebody in another's place; until it begins, when it does not say. */
  substituteUntilOn?: string;
  /** The last calendar day for the names of those who come, and what becomes of places without one then. */
  namesUntilOn?: string;
  afterNames?: AfterNames;
  /** Whether groups come with names only; as a rule they do. */
  groups?: GroupWay;
  /** Its seminar wants every booking approved; kept here, so that booking need not read the seminar. */
  asksApproval?: boolean;
  /** The seminar's reminder plan; as it was when the run was published, so that what bookers were told stays so. */
  reminders: ReminderRule[];
  /** The plan is the run's own: the seminar's does not come in its place. */
  ownReminders?: true;
  /** Read off the sessions whenever they change, so that the catalogue can sort and filter by them. */
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  /** Each module can be booked alone, until it begins. */
  booking?: 'by-module';
  /** When that is. */
  moduleStarts?: ModuleStart[];
  /** The Land whose holidays count. */
  land?: string;
  /** Who may book it, where not everybody may: by institution, code, or domain of the address. */
  admission?: { institutions: { name: string; key: string }[]; codes: string[]; domains: string[] };
  /** How many places one institution may hold. */
  perInstitution?: number;
  /** Not in the catalogue, and bookable by its link only. */
  access?: 'closed';
  /** What it needs of its rooms. */
  needs?: { seating?: Seating; equipment: Equipment[]; accessibility: AccessFeature[] };
  publication?: { at: Date; by: { kind: string; id?: string } };
  cancellation?: { at: Date; by: { kind: string; id?: string }; reason: string };
  /** The last time it lost its dates. */
  postponement?: { at: Date; by: { kind: string; id?: string }; reason: string };
  /** How often the plan was changed: whoever decides on an older one is asked again. */
  planVersion?: number;
};

const fact = { at: Date, by: { type: { kind: String, id: String }, _id: false } };
const schema = new Schema<RunRow>(
  {
    seminarId: { type: Schema.Types.ObjectId, required: true },
    providerId: { type: String, required: true },
    status: { type: String, enum: runStates, required: true },
    minimum: { type: Number },
    decisionOn: { type: String },
    decisionAskedAt: { type: Date },
    holding: { type: fact, _id: false },
    mergedInto: { type: String },
    policy: {
      type: {
        order: String,
        maxPasses: Number,
        promotion: String,
        offerHours: Number,
        afterLapse: String,
        cutOffHours: Number,
        approvalHours: Number,
        afterExpiry: String,
      },
      required: true,
      _id: false,
    },
    cancellationHours: { type: Number, required: true },
    substituteUntilOn: { type: String },
    namesUntilOn: { type: String },
    afterNames: { type: String, enum: afterNamesWays },
    groups: { type: String, enum: groupWays },
    asksApproval: { type: Boolean },
    reminders: { type: Schema.Types.Mixed, default: () => [] },
    ownReminders: { type: Boolean },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    location: { type: String, required: true },
    booking: { type: String, enum: ['by-module'] },
    moduleStarts: { type: [{ moduleId: String, at: Date, _id: false }], default: undefined },
    land: { type: String },
    admission: {
      type: { institutions: [{ name: String, key: String, _id: false }], codes: [String], domains: [String] },
      _id: false,
    },
    perInstitution: { type: Number },
    access: { type: String, enum: ['closed'] },
    needs: {
      type: { seating: { type: String, enum: seatings }, equipment: [String], accessibility: [String] },
      _id: false,
    },
    publication: { type: fact, _id: false },
    cancellation: { type: { ...fact, reason: String }, _id: false },
    postponement: { type: { ...fact, reason: String }, _id: false },
    planVersion: { type: Number },
  },
  { collection: 'runs', versionKey: false },
);
schema.index({ status: 1, startsAt: 1, _id: 1 });
schema.index({ seminarId: 1, status: 1, startsAt: 1 });
const byModule = { partialFilterExpression: { booking: { $exists: true } } };
schema.index({ booking: 1, status: 1, startsAt: 1, _id: 1 }, byModule);
schema.index({ seminarId: 1, booking: 1, status: 1, startsAt: 1, _id: 1 }, byModule);
schema.index({ providerId: 1, startsAt: 1 });
schema.index({ namesUntilOn: 1, status: 1 }, { partialFilterExpression: { namesUntilOn: { $gt: '' } } });
schema.index({ endsAt: 1 });
schema.index({ status: 1, endsAt: 1 });
schema.index({ providerId: 1, endsAt: 1 });
schema.index({ status: 1, startsAt: 1 }, { partialFilterExpression: { minimum: { $exists: true } } });
schema.index({ providerId: 1, status: 1, startsAt: 1 }, { partialFilterExpression: { minimum: { $exists: true } } });

export const RunModel = model<RunRow>('Run', schema);
