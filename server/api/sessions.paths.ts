import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { sessionAddress } from './addresses.input.ts';
import { examples } from './examples.ts';
import { bodyRefusals, forCoordinators, gives, needsToken, refuses, takes } from './paths.ts';
import { session } from './runs.answers.ts';
import { changeSessionBody } from './sessions.input.ts';

/** What the document says of sessions. */
export const sessionPaths: RouteConfig[] = [
  {
    method: 'patch',
    path: '/sessions/{sessionId}',
    operationId: 'changeSession',
    tags: ['Sessions'],
    summary: 'Move a session, change its place or its trainers',
    security: forCoordinators,
    request: { params: sessionAddress, body: takes(changeSessionBody, examples.sessionChange) },
    responses: {
      200: gives('The whole session as it now stands.', session, examples.session),
      ...refuses({
        ...bodyRefusals,
        401: needsToken,
        404: 'There is no such session, or not for you: `not-found`.',
        409: 'The run is cancelled, or the session over: `run-cancelled`, `session-over`. Or a room or trainer is taken: `plan-conflicts`, with `conflicts`; each has a `key` that `override` may name, with a reason.',
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. Also `sessions-overlap`, `session-ends-before-it-starts`, `session-too-long`, `unknown-trainer`, `unknown-room`.',
      }),
    },
  },
];
