import { z } from 'zod';
import { parseAddress } from '../mail/index.ts';

export const signInInput = z.strictObject({
  email: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(254, { error: 'too-long' })
    .refine((text) => parseAddress(text).ok, { error: 'email' }),
});

/** Six digits; blanks that were pasted along are forgiven. */
export const signInCodeInput = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{24}$/, { error: 'required' }),
  code: z
    .string({ error: 'required' })
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, { error: 'six-digits' })),
});
