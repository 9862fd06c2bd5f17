import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { requestAddress, runAddress } from './addresses.input.ts';
import { bodyRefusals, forCoordinators, gives, gives201, needsToken, refuses, takes } from './paths.ts';
import { planningExamples } from './planning.examples.ts';
import { teachingRequest, teachingRequests } from './teaching.answers.ts';
import { newTeachingRequestBody } from './teaching.input.ts';

const tags = ['Trainers'];
const security = forCoordinators;
const noSuchRun = 'There is no such run, or not for you: `not-found`.';

/** What the document says of requests to trainers. */
export const teachingPaths: RouteConfig[] = [
  {
    method: 'get',
    path: '/runs/{runId}/teaching-requests',
    operationId: 'listTeachingRequests',
    tags,
    summary: 'What the trainers of a run were asked, and what they answered',
    security,
    request: { params: runAddress },
    responses: {
      200: gives('The requests, the oldest first.', teachingRequests, { items: [planningExamples.teachingRequest] }),
      ...refuses({ 401: needsToken, 404: noSuchRun }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/teaching-requests',
    operationId: 'askTrainer',
    tags,
    summary: 'Ask a trainer of a run whether they will teach',
    description: 'The trainer gets a mail with a link. Asked again, only the day for the answer changes.',
    security,
    request: { params: runAddress, body: takes(newTeachingRequestBody, planningExamples.newTeachingRequest) },
    responses: {
      201: gives201('Asked; `Location` is the run.', teachingRequest, planningExamples.teachingRequest),
      ...refuses({
        ...bodyRefusals,
        401: needsToken,
        404: noSuchRun,
        409: 'They are planned for nothing to come, or the run is cancelled: `nothing-to-ask`, `run-cancelled`.',
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. Also `answer-by-past`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/teaching-requests/{requestId}/withdrawal',
    operationId: 'withdrawTeachingRequest',
    tags,
    summary: 'Take back what a trainer was asked',
    security,
    request: { params: requestAddress },
    responses: {
      200: gives('The request, withdrawn.', teachingRequest, planningExamples.withdrawnRequest),
      ...refuses({
        401: needsToken,
        404: 'There is no such request, or not for you: `not-found`.',
        409: 'It was answered already: `request-settled`.',
      }),
    },
  },
];
