import { z } from 'zod';

/** Whom to ask, and until when the answer is wanted. */
export const newTeachingRequestBody = z
  .strictObject({
    trainer: z.string({ error: 'required' }).regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }),
    answerBy: z.iso
      .datetime({ offset: true, error: 'instant-with-offset' })
      .transform((text) => new Date(text))
      .refine((date) => date.getUTCFullYear() >= 2000 && date.getUTCFullYear() < 2100, { error: 'year' })
      .meta({ type: 'string', format: 'date-time' }),
  })
  .meta({
    id: 'NewTeachingRequest',
    description: 'A trainer of the run is asked for all sessions they are planned for.',
  });
