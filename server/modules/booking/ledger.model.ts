import { model, Schema } from 'mongoose';

/** Places of one unit that are kept for somebody until a date. */
export type ContingentRow = { id: string; places: number };
export type UnitRow = {
  unit: string;
  capacity: number;
  held: number;
  /** Places waited for in this unit; not there in ledgers from before there were several. */
  waiting?: number;
  contingents: ContingentRow[];
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
};

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
          contingents: { type: [{ id: String, places: Number, _id: false }], default: [] },
          _id: false,
        },
      ],
      required: true,
    },
  },
  { collection: 'places', versionKey: false },
);

export const LedgerModel = model<LedgerRow>('Ledger', schema);
