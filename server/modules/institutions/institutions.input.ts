import { z } from 'zod';
import { contactRights, type ContactRight } from '../history/index.ts';
import { parseAddress } from '../mail/index.ts';
import { institutionKinds } from '../people/index.ts';
import { isLeitwegId, tidyLeitwegId } from './leitweg-id.rules.ts';

const line = (most: number) =>
  z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(most, { error: 'too-long' })
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'control-characters' });
const email = line(254).refine((text) => parseAddress(text).ok, { error: 'email' });
const ticked = z.boolean({ error: 'invalid' }).optional();

/** What a contact may do. Everybody may see; a tick adds to that. `deputy`: stands in for the others. */
export const contactRightsInput = z.strictObject({ book: ticked, approve: ticked, deputy: ticked });
export type ContactRightsInput = z.infer<typeof contactRightsInput>;

export const contactInput = contactRightsInput.extend({
  name: line(120),
  email,
  language: z.enum(['de', 'en'], { error: 'choose-one' }).optional(),
});
export type ContactInput = z.infer<typeof contactInput>;

export const institutionInput = z.strictObject({
  name: line(160),
  kind: z.enum(institutionKinds, { error: 'choose-one' }),
});
export type InstitutionInput = z.infer<typeof institutionInput>;

/** Where invoices go later on. */
export const billingInput = z.strictObject({
  recipient: line(160),
  street: line(160),
  postalCode: line(10),
  town: line(100),
  costCentre: line(60).optional(),
  leitwegId: line(60).transform(tidyLeitwegId).refine(isLeitwegId, { error: 'leitweg-id' }).optional(),
});
export type BillingInput = z.infer<typeof billingInput>;

/** The link of a booking, as it stands in its mails, or only its token. */
export const bookingLinkInput = z.strictObject({ link: line(500) });

export function rightsIn(ticks: ContactRightsInput): ContactRight[] {
  return contactRights.filter((right) => right === 'see' || ticks[right] === true);
}
