import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { runAddress, sessionAddress } from './addresses.input.ts';
import { examples } from './examples.ts';
import { bodyRefusals, forCoordinators, gives, gives201, needsToken, refuses, takes } from './paths.ts';
import { mergePreviewAnswer } from './plan-changes.answers.ts';
import {
  decisionBody,
  mergeBody,
  mergePreviewBody,
  newSessionBody,
  postponementBody,
  sessionCancellationBody,
} from './plan-changes.input.ts';
import { planningExamples } from './planning.examples.ts';
import { run, session } from './runs.answers.ts';

const security = forCoordinators;
const noSuchRun = 'There is no such run, or not for you: `not-found`.';
const noSuchSession = 'There is no such session, or not for you: `not-found`.';
const notNow = 'The run has no plan to change: `run-cancelled`, `run-postponed`, `run-completed`.';
const planWanted =
  'Missing, wrong or unknown fields: `invalid-input`, with `errors`. A plan nobody could sit through: `sessions-overlap`, `session-ends-before-it-starts`, `session-too-long`. `unknown-module`, `unknown-trainer`, `unknown-room`, `location-missing`.';
const base = { ...bodyRefusals, 401: needsToken };

/** What the document says of changes to a plan that stands. */
export const planChangePaths: RouteConfig[] = [
  {
    method: 'post',
    path: '/runs/{runId}/merge/preview',
    operationId: 'previewMerge',
    tags: ['Runs'],
    summary: 'What merging this run into another one would do',
    security,
    request: { params: runAddress, body: takes(mergePreviewBody, planningExamples.mergePreview) },
    responses: {
      200: gives('Who would move, and who would not.', mergePreviewAnswer, planningExamples.mergePreviewed),
      ...refuses({ ...base, 404: noSuchRun, 409: 'Not of one seminar, not public, or begun: `not-mergeable`.' }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/merge',
    operationId: 'mergeRuns',
    tags: ['Runs'],
    summary: 'Merge a run into another one of its seminar',
    description:
      'The run is cancelled. Its bookings move where they fit, the rest is told of other runs; both follow a moment later.',
    security,
    request: { params: runAddress, body: takes(mergeBody, planningExamples.merge) },
    responses: {
      200: gives('The whole run, cancelled.', run, { ...examples.run, status: 'cancelled' }),
      ...refuses({
        ...base,
        404: noSuchRun,
        409: 'Not of one seminar, not public, or begun: `not-mergeable`. Changed since the preview: `plan-changed`. `run-already-cancelled`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/decision',
    operationId: 'decideRun',
    tags: ['Runs'],
    summary: 'Hold a run although it is below its minimum',
    security,
    request: { params: runAddress, body: takes(decisionBody, planningExamples.decision) },
    responses: {
      200: gives('The whole run.', run, examples.run),
      ...refuses({ ...base, 404: noSuchRun, 409: 'Not public, or begun: `not-published`, `run-already-started`.' }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/postponement',
    operationId: 'postponeRun',
    tags: ['Runs'],
    summary: 'Take the dates from a run: new ones will follow',
    description: 'Everybody keeps their place and is told; nobody books or moves up until there are new dates.',
    security,
    request: { params: runAddress, body: takes(postponementBody, planningExamples.postponement) },
    responses: {
      200: gives('The whole run, without dates.', run, { ...examples.run, status: 'postponed', sessions: [] }),
      ...refuses({ ...base, 404: noSuchRun, 409: `${notNow} Also \`not-published\`, \`nothing-to-postpone\`.` }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/sessions',
    operationId: 'addSession',
    tags: ['Sessions'],
    summary: 'Add a session to a run',
    security,
    request: { params: runAddress, body: takes(newSessionBody, planningExamples.newSession) },
    responses: {
      201: gives201('The session; `Location` is its run.', session, examples.session),
      ...refuses({
        ...base,
        404: noSuchRun,
        409: `${notNow} Also \`session-over\`. Or a room or trainer is taken: \`plan-conflicts\`, with \`conflicts\`.`,
        422: planWanted,
      }),
    },
  },
  {
    method: 'delete',
    path: '/sessions/{sessionId}',
    operationId: 'removeSession',
    tags: ['Sessions'],
    summary: 'Take a session out of a draft',
    security,
    request: { params: sessionAddress },
    responses: {
      200: gives('The whole run as it now stands.', run, { ...examples.run, status: 'draft' }),
      ...refuses({
        401: needsToken,
        404: noSuchSession,
        409: 'The run is public: `not-a-draft`.',
        422: 'It would be the last one: `no-session`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/sessions/{sessionId}/cancellation',
    operationId: 'cancelSession',
    tags: ['Sessions'],
    summary: 'Cancel a single session of a public run',
    security,
    request: { params: sessionAddress, body: takes(sessionCancellationBody, planningExamples.postponement) },
    responses: {
      200: gives('The whole run as it now stands.', run, examples.run),
      ...refuses({ ...base, 404: noSuchSession, 409: `${notNow} Also \`session-over\`, \`only-session\`.` }),
    },
  },
];
