import { z } from 'zod';
import { institutionKinds } from '../people/index.ts';

const name = z.string().trim().min(1, { error: 'required' }).max(160, { error: 'too-long' });

/** For whom places are kept, how many, and until which day and time of the run's zone. */
export const keepPlacesInput = z
  .strictObject({
    places: z.int({ error: 'whole-number' }).min(1, { error: 'at-least-one' }).max(10_000, { error: 'too-large' }),
    institutions: z.array(name).max(50, { error: 'too-many' }).optional(),
    kinds: z
      .array(z.enum(institutionKinds, { error: 'choose-one' }))
      .max(institutionKinds.length, { error: 'too-many' })
      .optional(),
    releaseOn: z.iso.date({ error: 'date' }),
    releaseTime: z.iso.time({ error: 'time', precision: -1 }),
  })
  .refine(({ institutions = [], kinds = [] }) => institutions.length + kinds.length > 0, {
    path: ['institutions'],
    error: 'required',
  });
export type KeepPlaces = z.infer<typeof keepPlacesInput>;

/** How many places of a run one institution may hold. */
export const institutionLimitInput = z
  .int({ error: 'whole-number' })
  .min(1, { error: 'at-least-one' })
  .max(1_000, { error: 'too-large' });
