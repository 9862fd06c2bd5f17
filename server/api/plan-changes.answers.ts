import { z } from 'zod';
import type { Booking, MergePreview } from '../modules/booking/index.ts';

const merged = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{24}$/),
  places: z.int().min(1),
  booker: z.strictObject({ name: z.string(), email: z.string() }),
});
export const mergePreviewAnswer = z
  .strictObject({
    fits: z.array(merged).meta({ description: 'Bookings that would move.' }),
    rest: z.array(merged).meta({ description: 'Bookings that would end, with other runs to choose from.' }),
    told: z
      .strictObject({ bookers: z.int().min(0), participants: z.int().min(0) })
      .meta({ description: 'How many people would be told.' }),
    planSeen: z.int().min(0),
  })
  .meta({ id: 'MergePreview', description: 'What merging would do now. It changes nothing.' });

export function answerOfPreview({ fits, rest, told, planSeen }: MergePreview): z.infer<typeof mergePreviewAnswer> {
  return { fits: fits.map(answerOfMerged), rest: rest.map(answerOfMerged), told, planSeen };
}

function answerOfMerged({ id, places, booker: { name, email } }: Booking) {
  return { id, places, booker: { name, email } };
}
