import { z } from 'zod';
import { dayIn } from './days.rules.ts';
import { lands } from './land.rules.ts';

const day = z.string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && dayIn(text) === text, { error: 'date' });

export const landInput = z.enum(lands, { error: 'choose-one' });

/** School holidays as they were read from a file and looked at: what is saved, and for which school years. */
export const schoolHolidaysInput = z.strictObject({
  land: landInput,
  /** Each replaces what is there for the Land and the year. */
  schoolYears: z
    .array(z.string().regex(/^\d{4}\/\d{2}$/, { error: 'choose-one' }), { error: 'choose-one' })
    .min(1, { error: 'choose-one' })
    .max(20, { error: 'too-many' }),
  periods: z
    .array(
      z
        .strictObject({ name: z.string().trim().min(1).max(120), firstOn: day, lastOn: day })
        .refine(({ firstOn, lastOn }) => firstOn <= lastOn, { error: 'period', path: ['lastOn'] }),
    )
    .min(1, { error: 'required' })
    .max(120, { error: 'too-many' }),
});
export type SchoolHolidays = z.infer<typeof schoolHolidaysInput>;
