import { model, Schema } from 'mongoose';

/** Places of one unit that are for a group until they are released, and how many of them it holds. */
export type ContingentRow = { id: string; places: number; held: number };
/** For whom, until when, and when that was over. */
export type KeptForRow = {
  id: string;
  organisations: { name: string; key: string }[];
  kinds: string[];
  releaseAt: Date;
  /** As many as were kept in each unit, also when they are released. */
  places: number;
  made: { at: Date; by: { kind: string; id?: string } };
  released?: { at: Date; by: { kind: string; id?: string } };
};
export type UnitRow = {
  unit: string;
  capacity: number;
  held: number;
  /** Places waited for in this unit; not there in ledgers from before there were several. */
  waiting?: number;
  contingents: ContingentRow[];
  /** Whoever waits in this unit keeps newcomers from nothing. */
  passable?: true;
};

/** The one place where a run's places are counted. `_id` is the run's id; a run booked as a whole has the one unit `run`, another one for each module. */
export type LedgerRow = {
  _id: string;
  nextNumber: number;
  /** Raised by whoever works on the run: two transactions meet here and nowhere later. */
  turn: number;
  /** Places, not bookings, on the waiting list. */
  waiting: number;
  units: UnitRow[];
  /** Every contingent there ever was; the units know those that are still kept. */
  contingents?: KeptForRow[];
  /** When the next of them is released. */
  nextReleaseAt?: Date;
};

const by = { type: { kind: String, id: String }, _id: false };
const schema = new Schema<LedgerRow>(
  {
    _id: { type: String, required: true },
    nextNumber: { type: Number, required: true },
    turn: { type: Number, required: true },
    waiting: { type: Number, required: true },
    units: {
      type: [
        {
          unit: String,
          capacity: Number,
          held: Number,
          waiting: Number,
          contingents: { type: [{ id: String, places: Number, held: Number, _id: false }], default: [] },
          passable: Boolean,
          _id: false,
        },
      ],
      required: true,
    },
    contingents: {
      type: [
        {
          id: String,
          organisations: [{ name: String, key: String, _id: false }],
          kinds: [String],
          releaseAt: Date,
          places: Number,
          made: { type: { at: Date, by }, _id: false },
          released: { type: { at: Date, by }, _id: false },
          _id: false,
        },
      ],
      default: undefined,
    },
    nextReleaseAt: { type: Date },
  },
  { collection: 'places', versionKey: false },
);
schema.index({ nextReleaseAt: 1 }, { partialFilterExpression: { nextReleaseAt: { $exists: true } } });

export const LedgerModel = model<LedgerRow>('Ledger', schema);
