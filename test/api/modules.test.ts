import { expect } from 'chai';
import { booking as bookingAnswer, bookedPlaces } from '../../server/api/bookings.answers.ts';
import { run as runAnswer } from '../../server/api/runs.answers.ts';
import { aPerson } from '../support/builders.ts';
import { aCourse } from '../support/courses.ts';
import { freshDatabase } from '../support/hooks.ts';
import { call, networkToken, refusalOf } from './door.ts';

describe('modules in the API', () => {
  beforeEach(freshDatabase);

  it('are booked by id or title, each with places of its own', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const body = { booker: aPerson(), modules: [modules[1], 'Öffnung'] };

    const booked = await call('post', `/runs/${runId}/bookings`, { body });
    const run = runAnswer.parse((await call('get', `/runs/${runId}`)).body);
    const { token } = bookedPlaces.parse(booked.body);
    const booking = await call('get', `/bookings/${token}`);

    expect(booked.status).to.equal(201);
    expect(bookingAnswer.parse(booking.body)).to.deep.include({ modules: [modules[1], modules[3]] });
    expect(run).to.include({ booking: 'by-module', placesLeft: 1, waiting: 0 });
    expect(run.modules.map(({ placesLeft }) => placesLeft)).to.deep.equal([1, 0, 1, 0]);
  });

  it('that are not there are refused, and a second choice of the same places waits', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const book = (wanted: string[]) =>
      call('post', `/runs/${runId}/bookings`, { body: { booker: aPerson(), modules: wanted } });

    const [unknown, first, second] = [await book(['Kochen']), await book([modules[0]!]), await book([modules[0]!])];

    expect([unknown.status, refusalOf(unknown).code]).to.deep.equal([422, 'unknown-module']);
    expect([first, second].map(({ body }) => bookedPlaces.parse(body).status)).to.deep.equal(['confirmed', 'waiting']);
  });

  it('are given places one by one, all together, and for making up', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const token = await networkToken();
    const change = (body: object) => call('patch', `/runs/${runId}`, { token, body });

    const one = await change({ modules: [{ module: modules[2], capacity: 7 }], makeUpPlaces: 2 });
    const all = await change({ capacity: 4 });
    const none = await change({ modules: [{ module: 'run', capacity: 7 }] });
    const stranger = await call('patch', `/runs/${runId}`, { body: { makeUpPlaces: 9 } });

    const capacities = ({ body }: { body: unknown }) => runAnswer.parse(body).modules.map(({ capacity }) => capacity);
    expect([capacities(one), capacities(all)]).to.deep.equal([
      [1, 1, 7, 1],
      [4, 4, 4, 4],
    ]);
    expect([none.status, stranger.status]).to.deep.equal([422, 401]);
  });
});
