import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { runAddress } from './addresses.input.ts';
import { examples } from './examples.ts';
import { bodyRefusals, forCoordinators, forEverybody, gives, gives201, needsToken, refuses, takes } from './paths.ts';
import { plannedRun, queue, run, runsPage } from './runs.answers.ts';
import { cancelRunBody, changeRunBody, planRunBody, runsQuery } from './runs.input.ts';

const tags = ['Runs'];
const noSuchRun = 'There is no such run, or not for you: `not-found`.';
const badToken = 'A bearer token that is none: `not-signed-in`.';

/** What the document says of runs. */
export const runPaths: RouteConfig[] = [
  {
    method: 'get',
    path: '/runs',
    operationId: 'listRuns',
    tags,
    summary: 'Published runs, the next one first',
    security: forEverybody,
    request: { query: runsQuery },
    responses: {
      200: gives('A page of runs.', runsPage, examples.runsPage),
      ...refuses({ 401: badToken }),
    },
  },
  {
    method: 'post',
    path: '/runs',
    operationId: 'planRun',
    tags,
    summary: 'Plan a run with its sessions',
    security: forCoordinators,
    request: { body: takes(planRunBody, examples.newRun) },
    responses: {
      201: gives201('The run is planned.', plannedRun, examples.plannedRun),
      ...refuses({
        ...bodyRefusals,
        401: needsToken,
        404: 'There is no such seminar, or not for you: `not-found`.',
        409: 'The first session has already begun: `run-already-started`.',
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. A plan nobody could sit through: `sessions-overlap`, `session-ends-before-it-starts`, `session-too-long`. `unknown-module`, `unknown-trainer`. A last day for names that is over: `names-until-past`.',
      }),
    },
  },
  {
    method: 'get',
    path: '/runs/{runId}',
    operationId: 'getRun',
    tags,
    summary: 'A run with its sessions, modules and policy',
    security: forEverybody,
    request: { params: runAddress },
    responses: {
      200: gives('The run.', run, examples.run),
      ...refuses({ 401: badToken, 404: noSuchRun }),
    },
  },
  {
    method: 'patch',
    path: '/runs/{runId}',
    operationId: 'changeRun',
    tags,
    summary: 'Change capacity, minimum or deadlines',
    description:
      'Raising the capacity promotes from the waiting list in the same moment. Lowering it below what is held cancels nobody: the run is over-full until it fits.',
    security: forCoordinators,
    request: { params: runAddress, body: takes(changeRunBody, examples.runChange) },
    responses: {
      200: gives('The whole run as it now stands.', run, examples.run),
      ...refuses({
        ...bodyRefusals,
        401: needsToken,
        404: noSuchRun,
        409: 'The run is cancelled: `run-cancelled`.',
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. A last day for names that is over: `names-until-past`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/publication',
    operationId: 'publishRun',
    tags,
    summary: 'Open a draft for booking',
    description: 'Its trainers are told. Where people waited for its dates, they are booked or asked first.',
    security: forCoordinators,
    request: { params: runAddress },
    responses: {
      200: gives('The whole run, public.', run, examples.run),
      ...refuses({
        401: needsToken,
        404: noSuchRun,
        409: 'It is public already, or has begun: `not-a-draft`, `run-already-started`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/runs/{runId}/cancellation',
    operationId: 'cancelRun',
    tags,
    summary: 'Cancel a run and tell everybody in it',
    security: forCoordinators,
    request: { params: runAddress, body: takes(cancelRunBody, examples.runCancellation, false) },
    responses: {
      200: gives('The whole run, cancelled.', run, { ...examples.run, status: 'cancelled' }),
      ...refuses({
        ...bodyRefusals,
        401: needsToken,
        404: noSuchRun,
        409: 'It is cancelled already: `run-already-cancelled`.',
      }),
    },
  },
  {
    method: 'get',
    path: '/runs/{runId}/queue',
    operationId: 'queueOfRun',
    tags,
    summary: 'The bookings of a run, in the order of its queue',
    security: forCoordinators,
    request: { params: runAddress },
    responses: {
      200: gives('The queue.', queue, examples.queue),
      ...refuses({ 401: needsToken, 404: noSuchRun }),
    },
  },
];
