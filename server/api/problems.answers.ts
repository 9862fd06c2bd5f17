import { z } from 'zod';

/** What every refusal looks like (RFC 9457). */
export const problem = z
  .looseObject({
    type: z.string().meta({ description: 'Names the kind of problem; the same for the same `code`.' }),
    title: z.string().meta({ description: 'The status in words.' }),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'A sentence for people, in German or English as Accept-Language asks.' }),
    code: z.string().meta({ description: 'A stable word for programs.' }),
    requestId: z.string().meta({ description: 'Name it when you ask us.' }),
    errors: z
      .array(
        z.strictObject({
          path: z.string().meta({ description: 'Where, with dots: `participants.0.email`.' }),
          code: z.string(),
          message: z.string().meta({ description: 'A sentence for people.' }),
        }),
      )
      .optional()
      .meta({ description: 'What is wrong where, if the input is.' }),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused (RFC 9457).' });
