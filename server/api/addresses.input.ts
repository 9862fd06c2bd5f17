import { z } from 'zod';

const id = (of: string) =>
  z
    .string()
    .max(100)
    .meta({ description: `Id of the ${of}.`, example: '65f0c0ffee0000000000a001' });

export const runAddress = z.object({ runId: id('run') });
export const trainerInRunAddress = z.object({ runId: id('run'), trainerId: id('trainer') });
export const sessionAddress = z.object({ sessionId: id('session') });
export const requestAddress = z.object({ requestId: id('request to a trainer') });
export const bookingAddress = z.object({
  token: z.string().max(200).meta({ description: "The secret in the booker's link." }),
});
