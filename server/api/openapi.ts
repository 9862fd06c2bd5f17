import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { bookingPaths } from './bookings.paths.ts';
import { refuses, tokenScheme } from './paths.ts';
import { runPaths } from './runs.paths.ts';
import { modulePaths } from './modules.paths.ts';
import { planChangePaths } from './plan-changes.paths.ts';
import { seminarPaths } from './seminars.paths.ts';
import { sessionPaths } from './sessions.paths.ts';
import { teachingPaths } from './teaching.paths.ts';
import { venuePaths } from './venues.paths.ts';

const documentPath: RouteConfig = {
  method: 'get',
  path: '/openapi.json',
  operationId: 'getDescription',
  tags: ['Description'],
  summary: 'This document',
  security: [],
  responses: {
    200: {
      description: 'OpenAPI 3.1.',
      content: { 'application/json': { schema: z.looseObject({ openapi: z.literal('3.1.0') }) } },
    },
    ...refuses({}),
  },
};

/** Every route of the API, as the document tells it. */
export const describedPaths: readonly RouteConfig[] = [
  ...runPaths,
  ...bookingPaths,
  ...seminarPaths,
  ...sessionPaths,
  ...planChangePaths,
  ...modulePaths,
  ...teachingPaths,
  ...venuePaths,
  documentPath,
];

/** The OpenAPI 3.1 document, made from the schemas that read the requests. `url`: where the API stands. */
export function describeApi(url: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', tokenScheme, {
    type: 'http',
    scheme: 'bearer',
    description: 'A network coordinator’s token, printed by `npm run --silent mosaik -- token`.',
  });
  for (const path of describedPaths) registry.registerPath(path);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Mosaik',
      version: '1',
      description:
        'Seminars of an education network. Whoever has no token finds and books; a coordinator’s bearer token plans. There are no cookies. Instants are ISO 8601 with offset or Z. Unknown fields are refused, types never coerced. Refusals are problem+json with a stable `code`.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url }],
    tags: ['Runs', 'Bookings', 'Seminars', 'Sessions', 'Trainers', 'Venues', 'Description'].map((name) => ({ name })),
  });
}
