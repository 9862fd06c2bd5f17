import { expect } from 'chai';
import type { Router } from 'express';
import { z } from 'zod';
import { createApi } from '../../server/api/index.ts';
import { describedPaths, describeApi } from '../../server/api/openapi.ts';
import { missedModulesAnswer } from '../../server/api/modules.answers.ts';
import { teachingRequest } from '../../server/api/teaching.answers.ts';
import { changeCapacity } from '../../server/modules/booking/index.ts';
import { sessionsOfRun } from '../../server/modules/scheduling/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aDraft, aProvider, aRoom, aRun, aSession, aTrainer } from '../support/builders.ts';
import { aCourse } from '../support/courses.ts';
import { freshDatabase } from '../support/hooks.ts';
import { baseUrl, call, networkToken, routeFor } from './door.ts';

describe('the description of the API', () => {
  beforeEach(freshDatabase);

  it('describes every route of the router, and no other', () => {
    const routes = routesOf(createApi({ baseUrl }));

    expect(routes.length).to.be.greaterThan(10);
    expect(routes.toSorted()).to.deep.equal(describedPaths.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it('is OpenAPI 3.1, stands at BASE_URL and names a scheme for every route that asks for one', async () => {
    const { status, body, headers } = await call('get', '/openapi.json');
    const document = described.parse(body);

    expect(status).to.equal(200);
    expect(headers['cache-control']).to.equal('no-cache');
    expect(document.servers).to.deep.equal([{ url: `${baseUrl}/api/v1` }]);
    const schemes = Object.keys(document.components.securitySchemes);
    for (const operation of operationsIn(document))
      expect(schemes).to.include.members(operation.security.flatMap((one) => Object.keys(one)));
  });

  it('refers to nothing that is not in it, and names no host but example.org', () => {
    const text = JSON.stringify(describeApi(`${baseUrl}/api/v1`));
    const document = described.parse(JSON.parse(text));

    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).to.be.greaterThan(20);
    expect(Object.keys(document.components.schemas)).to.include.members(references);
    for (const [, host] of text.matchAll(/(?:https?:\/\/|@)([\w.-]+)/g)) expect(host).to.match(/(^|\.)example\.org$/);
  });

  it('gives examples that its own schemas accept', () => {
    let examples = 0;
    for (const { schema, example } of mediaOf()) {
      expect(schema.safeParse(example).error?.issues ?? [], JSON.stringify(example)).to.deep.equal([]);
      examples += 1;
    }
    expect(examples).to.be.greaterThan(15);
  });

  it('says of every field that a client must send', () => {
    const { schemas } = described.parse(JSON.parse(JSON.stringify(describeApi(baseUrl)))).components;

    expect(schemas['NewBooking']?.required).to.deep.equal(['booker']);
    expect(schemas['NewRun']?.required).to.have.members(['seminarId', 'capacity', 'sessions']);
    expect(schemas['NewSeminar']?.required).to.have.members(['title', 'summary', 'kind', 'language', 'provider']);
  });

  it('holds for the real answer of every route', async () => {
    const token = await networkToken();
    const seen = new Set<string>();
    const really = async (...[method, path, rest]: Parameters<typeof call>) => {
      const answer = await call(method, path, rest);
      expect(answer.status, `${method} ${path}: ${answer.text}`).to.be.within(200, 299);
      seen.add(routeFor(method, path) ?? path);
      return answer.body;
    };

    await aProvider({ id: 'kargah' });
    const run = (await aRun({ capacity: 1 })).id;
    const seminar = made.parse(await really('post', '/seminars', { token, body: newSeminar }));
    const planned = made.parse(await really('post', '/runs', { token, body: newRun(seminar.id) }));
    await really('get', '/runs');
    await really('get', `/runs/${planned.id}`);
    await really('patch', `/runs/${planned.id}`, { token, body: { capacity: 3, minimum: 2 } });
    const sessionId = planned.sessions?.[0]?.id ?? '';
    await really('patch', `/sessions/${sessionId}`, { token, body: { location: 'Lernhaus, Raum 5' } });
    const booked = made.parse(await really('post', `/runs/${run}/bookings`, { body: { booker } }));
    await really('post', `/runs/${run}/bookings`, { body: { booker: { ...booker, name: 'Bo Beispiel' } } });
    await really('get', `/runs/${run}/queue`, { token });
    await really('get', `/bookings/${booked.token}`);
    await reallyPlan(really, token);
    await really('post', `/bookings/${booked.token}/cancellation`);
    const offering = (await aRun({ capacity: 2, promotion: 'offer' })).id;
    const places = [await aBooking({ runId: offering }), await aBooking({ runId: offering })];
    const waiting = [await aBooking({ runId: offering }), await aBooking({ runId: offering })];
    for (const { token: theirs } of places) await call('post', `/bookings/${theirs}/cancellation`);
    await really('post', `/bookings/${waiting[0]?.token}/offer/acceptance`);
    await really('post', `/bookings/${waiting[1]?.token}/offer/refusal`);
    await really('post', `/runs/${planned.id}/cancellation`, { token });
    await really('get', '/openapi.json');

    expect([...seen].toSorted()).to.deep.equal(
      describedPaths.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });
});

type Really = (...asked: Parameters<typeof call>) => Promise<unknown>;

/** A course and its neighbour, with everything that is done to a plan that stands. */
async function reallyPlan(really: Really, token: string): Promise<void> {
  await aRoom();
  await really('get', '/venues', { token });
  await really('get', '/rooms', { token });
  const { person } = await aTrainer();
  const course = await aCourse({ minimum: 5 });
  const later = course.modules.map((module, at) => aSession({ module, inDays: 90 + 14 * at, trainers: [person.id] }));
  const other = await aCourse({ seminarId: course.seminarId, sessions: later });
  await changeCapacity(systemActor, { runId: other.runId, makeUpPlaces: 2 });
  const draft = await aDraft({ sessions: [aSession(), aSession({ inDays: 40 })] });
  const reason = 'Zu wenige Anmeldungen.';

  const mine = await aBooking({ runId: course.runId, modules: course.modules.slice(0, 2) });
  await really('post', `/bookings/${mine.token}/modules`, { body: { modules: course.modules.slice(0, 3) } });
  const restore = setClock(() => new Date(course.starts[0]!.getTime() + 1_000));
  const missed = await really('get', `/bookings/${mine.token}/make-ups`);
  const { participant, module } = missedModulesAnswer.parse(missed).items[0]!;
  const body = { participant: participant.id, module, run: other.runId };
  await really('post', `/bookings/${mine.token}/make-ups`, { body });
  restore();

  const answerBy = '2099-01-01T12:00:00+01:00';
  const ask = { token, body: { trainer: person.id, answerBy } };
  const asked = teachingRequest.parse(await really('post', `/runs/${other.runId}/teaching-requests`, ask));
  await really('get', `/runs/${other.runId}/teaching-requests`, { token });
  await really('post', `/teaching-requests/${asked.id}/withdrawal`, { token });
  await really('get', '/trainers', { token });
  const [taught] = await sessionsOfRun(other.runId);
  await really('get', `/sessions/${taught?.id}/substitutes`, { token });
  const replacement = { replaces: person.id, trainers: [(await aTrainer()).person.id], answerBy };
  await really('post', `/sessions/${taught?.id}/replacement`, { token, body: replacement });
  await really('post', `/runs/${other.runId}/trainers/${person.id}/links`, { token, body: { act: 'revoke' } });
  const { startsAt, endsAt } = aSession({ inDays: 200 });
  const added = await really('post', `/runs/${other.runId}/sessions`, {
    token,
    body: { startsAt, endsAt, timeZone: 'Europe/Berlin', location: 'Lernhaus', module },
  });
  await really('post', `/sessions/${made.parse(added).id}/cancellation`, { token, body: { reason } });
  await really('delete', `/sessions/${draft.sessions[1]!.id}`, { token });
  await really('post', `/runs/${draft.id}/publication`, { token });
  await really('post', `/runs/${course.runId}/decision`, { token, body: { decision: 'hold' } });
  const into = { token, body: { into: other.runId } };
  await really('post', `/runs/${course.runId}/merge/preview`, into);
  await really('post', `/runs/${course.runId}/merge`, { token, body: { ...into.body, reason } });
  await really('post', `/runs/${other.runId}/postponement`, { token, body: { reason } });
}

const booker = { name: 'Ada Beispiel', email: 'ada.beispiel@example.org' };
const newSeminar = {
  title: 'Mehrsprachige Elterngespräche',
  summary: 'Gespräche führen, wenn die gemeinsame Sprache fehlt.',
  kind: 'modular-course',
  language: 'de',
  provider: 'kargah',
  modules: [{ title: 'Zuhören' }],
};
const newRun = (seminarId: string) => ({
  seminarId,
  capacity: 8,
  sessions: [
    {
      startsAt: '2099-03-04T09:00:00+01:00',
      endsAt: '2099-03-04T16:00:00+01:00',
      timeZone: 'Europe/Berlin',
      location: 'https://meet.example.org/lernhaus',
      module: 'Zuhören',
    },
  ],
  published: true,
});

const made = z.object({
  id: z.string(),
  token: z.string().optional(),
  sessions: z.array(z.object({ id: z.string() })).optional(),
});
const operation = z.object({ security: z.array(z.record(z.string(), z.unknown())) });
const described = z.object({
  openapi: z.literal('3.1.0'),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), z.object({ required: z.array(z.string()).optional() })),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
});

function operationsIn(document: z.infer<typeof described>) {
  return Object.values(document.paths).flatMap((methods) => Object.values(methods));
}

/** What a router answers, read off the router itself: `post /runs/{runId}/bookings`. */
function routesOf(router: Router): string[] {
  return router.stack.flatMap((layer) => {
    const { route, handle } = layer;
    if (route) return methodsOf(route).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    return isRouter(handle) ? routesOf(handle) : [];
  });
}

function methodsOf(route: object): string[] {
  return 'methods' in route && typeof route.methods === 'object' && route.methods ? Object.keys(route.methods) : [];
}

function isRouter(handle: unknown): handle is Router {
  return typeof handle === 'function' && 'stack' in handle && Array.isArray(handle.stack);
}

function mediaOf(): { schema: z.ZodType; example: unknown }[] {
  return describedPaths.flatMap(({ request, responses }) => {
    const contents = [
      request?.body?.content,
      ...Object.values(responses).map((one) => ('content' in one ? one.content : {})),
    ];
    return contents.flatMap((content = {}) =>
      Object.values(content).flatMap((media) =>
        media && 'schema' in media && media.schema instanceof z.ZodType && 'example' in media
          ? [{ schema: media.schema, example: media.example }]
          : [],
      ),
    );
  });
}
