import { z } from 'zod';
import { bookPlacesInput } from '../booking/index.ts';
import { answers } from './interest.model.ts';

const { name, email, language } = bookPlacesInput.shape.booker.shape;
const words = (most: number) =>
  z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(most, { error: 'too-long' });
const id = z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' });

/** Somebody would come if there were a date. */
export const interestInput = z.strictObject({
  name,
  email,
  language,
  places: z.int({ error: 'whole-number' }).min(1, { error: 'at-least-one' }).max(50, { error: 'too-many-places' }),
  times: z.string().trim().max(500, { error: 'too-long' }).optional(),
});
export type InterestInput = z.infer<typeof interestInput>;

/** An institution would like a seminar of its own. `seminar`: the one it has in mind; else `provider` says who is asked. */
export const inHouseInput = z.strictObject({
  seminar: id.optional(),
  provider: z.string().max(60, { error: 'choose-one' }).optional(),
  topic: words(200),
  institution: words(160),
  groupSize: z.int({ error: 'whole-number' }).min(1, { error: 'at-least-one' }).max(500, { error: 'too-large' }),
  periods: words(500),
  place: words(300),
  message: z.string().trim().max(2_000, { error: 'too-long' }).optional(),
  name,
  email,
  language,
});
export type InHouseInput = z.infer<typeof inHouseInput>;

export const interestListInput = z.strictObject({
  seminar: id,
  answer: z.enum(answers, { error: 'choose-one' }),
  answerDays: z.int({ error: 'whole-number' }).min(1, { error: 'at-least-one' }).max(60, { error: 'too-large' }),
});
export type InterestListInput = z.infer<typeof interestListInput>;

export const declineInput = z.strictObject({ reason: words(500) });
