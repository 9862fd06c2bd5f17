import { z } from 'zod';
import { approvals, bookingModes, seminarKinds } from './catalogue.rules.ts';

const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'required' })
    .max(longest, { error: 'too-long' })
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'control-characters' });
const paragraph = (longest: number) => z.string().trim().max(longest, { error: 'too-long' });

/** What is offered. Messages are keys of the texts in every language. */
export const seminarInput = z.strictObject({
  title: line(160),
  summary: paragraph(600).min(1, { error: 'required' }),
  description: paragraph(8_000).optional(),
  kind: z.enum(seminarKinds, { error: 'choose-one' }),
  language: z.string().regex(/^[a-z]{2,3}$/, { error: 'language-code' }),
  provider: z.string({ error: 'choose-one' }).min(1, { error: 'choose-one' }).max(60, { error: 'choose-one' }),
  modules: z
    .array(
      z.strictObject({
        id: z.string().optional(),
        title: line(160),
        content: paragraph(2_000).optional(),
        teachingUnits: z
          .int({ error: 'whole-number' })
          .min(1, { error: 'at-least-one' })
          .max(400, { error: 'too-large' })
          .optional(),
      }),
      { error: 'list' },
    )
    .max(30, { error: 'too-many' })
    .optional(),
  booking: z.enum(bookingModes, { error: 'choose-one' }).optional(),
  approval: z.enum(approvals, { error: 'choose-one' }).optional(),
});
export type SeminarInput = z.infer<typeof seminarInput>;
