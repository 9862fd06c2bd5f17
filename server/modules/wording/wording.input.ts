import { z } from 'zod';

const oneLine = z
  .string()
  .trim()
  .max(150, { error: 'too-long' })
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'control-characters' });
const paragraph = z.string().trim().max(800, { error: 'too-long' });

/** A mail in words of one's own; a passage that is left out stays as Mosaik says it. */
export const wordingInput = z.strictObject({
  subject: oneLine.optional(),
  opening: paragraph.optional(),
  closing: paragraph.optional(),
});
