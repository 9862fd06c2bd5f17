import { z } from 'zod';
import { priorities } from './priority.rules.ts';

/** Before whom somebody is to stand, and why; without a priority, in the own turn again. */
export const priorityInput = z.strictObject({
  priority: z
    .int({ error: 'choose-one' })
    .min(1, { error: 'choose-one' })
    .max(priorities.length, { error: 'choose-one' })
    .optional(),
  reason: z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(500, { error: 'too-long' }),
});
