import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { requestAddress, runAddress, sessionAddress, trainerInRunAddress } from './addresses.input.ts';
import { bodyRefusals, forCoordinators, gives, gives201, needsToken, refuses, takes } from './paths.ts';
import { planningExamples } from './planning.examples.ts';
import { substitutesAnswer, teachingRequest, teachingRequests, trainersAnswer } from './teaching.answers.ts';
import { newTeachingRequestBody, replacementBody, trainerLinksBody } from './teaching.input.ts';

const tags = ['Trainers'];
const security = forCoordinators;
const noSuchSession = 'There is no such session, or not for you: `not-found`.';
const noSuchRun = 'There is no such run, or not for you: `not-found`.';

/** What the document says of trainers, and of requests to them. */
export const teachingPaths: RouteConfig[] = [
  {
    method: 'get',
    path: '/trainers',
    operationId: 'listTrainers',
    tags,
    summary: 'Who teaches in the network, and which seminars',
    security,
    responses: {
      200: gives('The trainers, by name.', trainersAnswer, planningExamples.trainers),
      ...refuses({ 401: needsToken }),
    },
  },
  {
    method: 'get',
    path: '/sessions/{sessionId}/substitutes',
    operationId: 'listSubstitutes',
    tags,
    summary: 'Who could teach a session instead',
    security,
    request: { params: sessionAddress },
    responses: {
      200: gives('The likeliest first.', substitutesAnswer, planningExamples.substitutes),
      ...refuses({ 401: needsToken, 404: noSuchSession }),
    },
  },
  {
    method: 'post',
    path: '/sessions/{sessionId}/replacement',
    operationId: 'askForReplacement',
    tags,
    summary: 'Ask one or several to teach a session in somebody’s place',
    description: 'The first who accepts gets it; everybody concerned is told, and the others that it is taken.',
    security,
    request: { params: sessionAddress, body: takes(replacementBody, planningExamples.newReplacement) },
    responses: {
      200: gives('What was asked.', teachingRequests, { items: [planningExamples.replacementRequest] }),
      ...refuses({
        ...bodyRefusals,
        401: needsToken,
        404: `${noSuchSession} Or whoever is to be replaced does not teach it.`,
        409: 'It has begun, or the run is cancelled: `session-over`, `run-cancelled`.',
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. Also `answer-by-past`, `nobody-to-ask`, `unknown-trainer`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/trainers/{trainerId}/links',
    operationId: 'lockTrainerLinks',
    tags,
    summary: 'Make the links worthless by which a trainer reaches a run',
    security,
    request: { params: trainerInRunAddress, body: takes(trainerLinksBody, planningExamples.trainerLinks) },
    responses: {
      200: gives('The requests of the run, as they stand.', teachingRequests, {
        items: [planningExamples.teachingRequest],
      }),
      ...refuses({ ...bodyRefusals, 401: needsToken, 404: `${noSuchRun} Or they have no link to it.` }),
    },
  },
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
