import { model, Schema, type Types } from 'mongoose';
import type { Language } from '../people/index.ts';
import {
  bookingStates,
  type BookPlacesOutcome,
  type Booker,
  type BookingStatus,
  type StateChange,
  type WaitingReason,
} from './booking.types.ts';

export type ParticipantRow = {
  _id: Types.ObjectId;
  name: string;
  email: string;
  /** Fingerprint of normalised address and name: who this is in the run. */
  key: string;
  /** Said by themselves; else they are written to in the booker's. */
  language?: Language;
  /** Sits elsewhere in all that is booked here; `elsewhere` names the units where it is only some. */
  sitsElsewhere?: true;
  elsewhere?: string[];
};

/** A link by which somebody says themselves who sits in a place without a name. `email` is empty once it has ended. */
export type DetailsLinkRow = {
  _id: Types.ObjectId;
  email: string;
  /** When it was sent last, and how often. */
  sentAt: Date;
  sends: number;
  ended?: 'used' | 'withdrawn';
};

/** Who is asked to approve a booking: a person who signs in, or somebody named with the booking. */
export type ApproverRow = {
  _id: Types.ObjectId;
  personId?: string;
  name?: string;
  email?: string;
  language?: Booker['language'];
  /** Stands in for the others, and is asked when they have not answered. */
  deputy?: true;
};

/** That a booking needs approval: by the approvers of an institution, or by those named with it. */
export type ApprovalRow = {
  institutionId?: string;
  approvers: ApproverRow[];
  /** How often it was asked for. */
  requests: number;
  /** The places are held until then, and asked for once more at `remindAt`; only while it is requested. */
  until?: Date;
  remindAt?: Date;
  /** Somebody approved, or the run confirms without: nobody is asked again. */
  grantedAt?: Date;
};

export type BookingRow = {
  _id: Types.ObjectId;
  runId: string;
  /** The turn in the queue, drawn inside the transaction, never a clock. */
  number: number;
  status: BookingStatus;
  units: string[];
  /** As asked for, and as counted in the unit where most are taken: whoever sits elsewhere already takes none here. */
  places: number;
  placesTaken: number;
  booker: Booker & { address: string };
  participants: ParticipantRow[];
  /** Those who sat here before others did: so that they can be told. */
  former?: ParticipantRow[];
  /** A group that comes by the number of heads: its places have no names, but for who comes along. */
  group?: string;
  /** The links by which people say themselves who sits in places without a name. */
  detailsLinks?: DetailsLinkRow[];
  institution?: string;
  /** The institution it belongs to: its contacts see it, limits count it. Not there where only a name was typed. */
  institutionId?: string;
  /** The institution as limits and contingents know it, and its kind, where that is known. */
  organisation?: string;
  organisationKind?: string;
  reason?: WaitingReason;
  /** `unit:key` of every participant while the booking is active; the unique index is promise 3's last guard. */
  seats?: string[];
  states: StateChange[];
  linkGeneration: number;
  /** The places are held for it until then; only while it is offered. */
  offer?: { until: Date };
  /** Where a superior has to approve it. */
  approval?: ApprovalRow;
  /** A coordinator lifted it before others: `turn` is the number it had, `number` the one by which it stands now. */
  lifted?: { turn: number; priority?: number; reason: string; at: Date; by: { kind: string; id?: string } };
  /** Every change of where it stands. */
  lifts?: { at: Date; from: number; to: number }[];
  /** How often somebody went ahead of it while it waited. */
  passes?: number;
  /** The booking whose part this is, and that one's number when it was divided: it counts as the turn of both. */
  splitFrom?: { bookingId: string; number: number };
  /** The first of the bookings that one booker made from the page of another: modules that were added later. */
  familyId?: string;
  /** The day on which its booker was last asked for names. */
  namesAskedOn?: string;
  /** What it makes up: `booking:participant:module`, for as long as it is active. */
  makeUpOf?: string;
  /** One of several runs that somebody named in an order: `id` is that of the first booking of the wish, whose `rank` is 1. */
  wish?: { id: string; rank: number };
  /** It came from another run that was merged into this one; its number counts from then on. */
  moved?: { at: Date; fromRunId: string };
  /** Until then its holder may cancel whatever the run's deadline says: its dates were changed after it was made. */
  freeCancellationUntil?: Date;
  requestKey?: string;
  requestFingerprint?: string;
  /** What the booker was told, so that a replay is told the same. */
  answer: Pick<BookPlacesOutcome, 'status' | 'position'> & {
    places?: number;
    part?: { id: string; places: number };
    runId?: string;
    alternatives?: { id: string; runId: string; rank: number }[];
  };
  createdAt: Date;
};

const by = { type: { kind: String, id: String }, _id: false };
const schema = new Schema<BookingRow>(
  {
    runId: { type: String, required: true },
    number: { type: Number, required: true },
    status: { type: String, enum: bookingStates, required: true },
    units: { type: [String], required: true },
    places: { type: Number, required: true },
    placesTaken: { type: Number, required: true },
    booker: {
      type: { name: String, email: String, language: String, address: String },
      required: true,
      _id: false,
    },
    participants: {
      type: [
        {
          name: String,
          email: String,
          key: String,
          language: String,
          sitsElsewhere: Boolean,
          elsewhere: { type: [String], default: undefined },
        },
      ],
      default: [],
    },
    former: { type: [{ name: String, email: String, key: String, language: String }], default: undefined },
    detailsLinks: { type: [{ email: String, sentAt: Date, sends: Number, ended: String }], default: undefined },
    group: { type: String },
    institution: { type: String },
    institutionId: { type: String },
    organisation: { type: String },
    organisationKind: { type: String },
    reason: { type: String },
    seats: { type: [String], default: undefined },
    states: { type: [{ status: String, at: Date, by, reason: String, _id: false }], required: true },
    linkGeneration: { type: Number, required: true },
    offer: { type: { until: Date }, _id: false },
    approval: {
      type: {
        institutionId: String,
        approvers: [{ personId: String, name: String, email: String, language: String, deputy: Boolean }],
        requests: Number,
        until: Date,
        remindAt: Date,
        grantedAt: Date,
      },
      _id: false,
    },
    lifted: { type: { turn: Number, priority: Number, reason: String, at: Date, by }, _id: false },
    lifts: { type: [{ at: Date, from: Number, to: Number, _id: false }], default: undefined },
    passes: { type: Number },
    splitFrom: { type: { bookingId: String, number: Number }, _id: false },
    familyId: { type: String },
    namesAskedOn: { type: String },
    makeUpOf: { type: String },
    wish: { type: { id: String, rank: Number }, _id: false },
    moved: { type: { at: Date, fromRunId: String }, _id: false },
    freeCancellationUntil: { type: Date },
    requestKey: { type: String },
    requestFingerprint: { type: String },
    answer: {
      type: {
        status: String,
        position: Number,
        places: Number,
        part: { type: { id: String, places: Number }, _id: false },
        runId: String,
        alternatives: { type: [{ id: String, runId: String, rank: Number, _id: false }], default: undefined },
      },
      required: true,
      _id: false,
    },
    createdAt: { type: Date, required: true },
  },
  { collection: 'bookings', versionKey: false },
);
schema.index({ runId: 1, number: 1 }, { unique: true });
schema.index({ runId: 1, status: 1, number: 1 });
schema.index({ runId: 1, seats: 1 }, { unique: true, partialFilterExpression: { seats: { $exists: true } } });
schema.index({ units: 1 });
schema.index({ institutionId: 1, createdAt: -1 }, { partialFilterExpression: { institutionId: { $exists: true } } });
schema.index({ familyId: 1 }, { partialFilterExpression: { familyId: { $exists: true } } });
schema.index({ 'detailsLinks._id': 1 }, { partialFilterExpression: { detailsLinks: { $exists: true } } });
schema.index({ 'offer.until': 1 }, { partialFilterExpression: { offer: { $exists: true } } });
schema.index({ 'approval.until': 1 }, { partialFilterExpression: { approval: { $exists: true } } });
schema.index({ 'approval.approvers._id': 1 }, { partialFilterExpression: { approval: { $exists: true } } });
schema.index({ 'splitFrom.bookingId': 1 }, { partialFilterExpression: { splitFrom: { $exists: true } } });
schema.index({ 'wish.id': 1 }, { partialFilterExpression: { wish: { $exists: true } } });
schema.index({ makeUpOf: 1 }, { unique: true, partialFilterExpression: { makeUpOf: { $exists: true } } });
schema.index({ requestKey: 1 }, { unique: true, partialFilterExpression: { requestKey: { $exists: true } } });

export const BookingModel = model<BookingRow>('Booking', schema);
