import { z } from 'zod';

const id = z.string({ error: 'required' }).regex(/^[0-9a-f]{24}$/, { error: 'choose-one' });
const answerBy = z.iso
  .datetime({ offset: true, error: 'instant-with-offset' })
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= 2000 && date.getUTCFullYear() < 2100, { error: 'year' })
  .meta({ type: 'string', format: 'date-time' });

/** Whom to ask, and until when the answer is wanted. */
export const newTeachingRequestBody = z.strictObject({ trainer: id, answerBy }).meta({
  id: 'NewTeachingRequest',
  description: 'A trainer of the run is asked for all sessions they are planned for.',
});

/** Who is asked for a session in somebody's place. */
export const replacementBody = z
  .strictObject({
    replaces: id.meta({ description: 'The trainer who cannot come.' }),
    trainers: z.array(id).min(1, { error: 'at-least-one' }).max(50, { error: 'too-many' }),
    answerBy,
  })
  .meta({ id: 'NewReplacement', description: 'Several may be asked at once: the first who accepts gets the session.' });

/** Whether the new link goes out at once. */
export const trainerLinksBody = z.strictObject({ act: z.enum(['renew', 'revoke'], { error: 'choose-one' }) }).meta({
  id: 'TrainerLinks',
  description:
    'Both make the links given so far worthless. `renew` sends a new one at once; `revoke` leaves that to the next mail.',
});
