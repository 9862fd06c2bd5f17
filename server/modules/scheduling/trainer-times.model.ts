import { model, Schema } from 'mongoose';

/** So many hours of a weekday (1 is Monday), on the clock of the trainer's zone. */
export type WeeklyTime = { weekday: number; from: string; until: string };
/** A time of its own: `blocked` the trainer cannot, `free` they can although the weekday says nothing of it. */
export type SingleTime = { id: string; kind: 'blocked' | 'free'; startsAt: Date; endsAt: Date };

/** When a trainer can teach: on these hours of the week, where any are named, with exceptions. `_id`: the trainer's id. */
export type TrainerTimesRow = { _id: string; timeZone: string; weekly: WeeklyTime[]; single: SingleTime[] };

const schema = new Schema<TrainerTimesRow>(
  {
    _id: { type: String, required: true },
    timeZone: { type: String, required: true },
    weekly: { type: [{ weekday: Number, from: String, until: String, _id: false }], default: [] },
    single: { type: [{ id: String, kind: String, startsAt: Date, endsAt: Date, _id: false }], default: [] },
  },
  { collection: 'trainer-times', versionKey: false },
);

export const TrainerTimesModel = model<TrainerTimesRow>('TrainerTimes', schema);
