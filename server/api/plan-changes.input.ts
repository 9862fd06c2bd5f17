import { z } from 'zod';
import { cancelRunInput } from '../modules/booking/index.ts';
import { overrideInput, sessionInput } from '../modules/scheduling/index.ts';

const id = z.string({ error: 'required' }).regex(/^[0-9a-f]{24}$/, { error: 'choose-one' });
const { reason } = cancelRunInput.shape;

export const mergePreviewBody = z.strictObject({ into: id.meta({ description: 'Id of the run that takes over.' }) });
export const mergeBody = mergePreviewBody
  .extend({
    reason,
    planSeen: z
      .int({ error: 'whole-number' })
      .optional()
      .meta({ description: 'What the preview said: if the plan was changed since, nothing is done.' }),
  })
  .meta({ id: 'Merge', description: 'The reason is told to everybody in the run that ends.' });

export const decisionBody = z.strictObject({ decision: z.literal('hold', { error: 'choose-one' }) }).meta({
  id: 'Decision',
  description: 'A run below its minimum takes place all the same. To cancel or merge it has an address of its own.',
});

export const postponementBody = z
  .strictObject({ reason })
  .meta({ id: 'Postponement', description: 'The reason is told to everybody who holds a place or waits.' });

export const newSessionBody = sessionInput.extend({ override: overrideInput.optional() }).meta({
  id: 'NewSession',
  description: 'A further session. Once the run is public, everybody who sits in it is invited.',
});

export const sessionCancellationBody = z.strictObject({ reason }).meta({ id: 'SessionCancellation' });
