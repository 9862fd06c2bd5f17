import { z } from 'zod';
import { normalisedCode } from './admission.rules.ts';

const name = z.string().trim().min(1, { error: 'required' }).max(160, { error: 'too-long' });
/** Six signs that tell apart are more than anybody finds with the guesses there are. */
const code = z
  .string()
  .trim()
  .max(60, { error: 'too-long' })
  .refine((text) => normalisedCode(text).length >= 6, { error: 'code-too-short' });
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/, { error: 'domain' });

/** Who may book, and whether the catalogue shows the run all the same. With nobody named, everybody may who finds it. */
export const admissionInput = z.strictObject({
  listed: z.boolean(),
  institutions: z.array(name).max(100, { error: 'too-many' }).optional(),
  codes: z.array(code).max(20, { error: 'too-many' }).optional(),
  domains: z.array(domain).max(50, { error: 'too-many' }).optional(),
});
export type AdmissionInput = z.infer<typeof admissionInput>;
