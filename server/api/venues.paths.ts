import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { forCoordinators, gives, needsToken, refuses } from './paths.ts';
import { planningExamples } from './planning.examples.ts';
import { roomsAnswer, venuesAnswer } from './venues.answers.ts';

const tags = ['Venues'];
const security = forCoordinators;

/** What the document says of houses and rooms. */
export const venuePaths: RouteConfig[] = [
  {
    method: 'get',
    path: '/venues',
    operationId: 'listVenues',
    tags,
    summary: 'The houses in which one plans: the own ones and those of the network',
    security,
    responses: {
      200: gives('The houses, by name.', venuesAnswer, planningExamples.venues),
      ...refuses({ 401: needsToken }),
    },
  },
  {
    method: 'get',
    path: '/rooms',
    operationId: 'listRooms',
    tags,
    summary: 'The rooms of these houses',
    security,
    responses: {
      200: gives('The rooms, house by house.', roomsAnswer, planningExamples.rooms),
      ...refuses({ 401: needsToken }),
    },
  },
];
