import { z } from 'zod';

export const createdSeminar = z.strictObject({ id: z.string().regex(/^[0-9a-f]{24}$/) }).meta({ id: 'CreatedSeminar' });
