import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { examples } from './examples.ts';
import { bodyRefusals, forCoordinators, gives, needsToken, refuses, takes } from './paths.ts';
import { createdSeminar } from './seminars.answers.ts';
import { createSeminarBody } from './seminars.input.ts';

/** What the document says of seminars. */
export const seminarPaths: RouteConfig[] = [
  {
    method: 'post',
    path: '/seminars',
    operationId: 'createSeminar',
    tags: ['Seminars'],
    summary: 'Add a seminar to the catalogue',
    security: forCoordinators,
    request: { body: takes(createSeminarBody, examples.newSeminar) },
    responses: {
      201: gives(
        'The seminar is in the catalogue; it shows once a run of it is published.',
        createdSeminar,
        examples.createdSeminar,
      ),
      ...refuses({
        ...bodyRefusals,
        401: needsToken,
        403: "It would be another provider's: `not-allowed`.",
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. Also `unknown-provider`.',
      }),
    },
  },
];
