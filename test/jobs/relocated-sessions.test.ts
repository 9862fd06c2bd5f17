import { expect } from 'chai';
import { relayEvents } from '../../jobs/relay-events.ts';
import { bookPlaces } from '../../server/modules/booking/index.ts';
import { anyone, eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { sessionsOfRun } from '../../server/modules/scheduling/index.ts';
import { changeRoom, changeVenue } from '../../server/modules/venues/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aPerson, aRoom, aRun, aSeminar, aSession, aVenue } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';

describe('sessions whose house or room is called otherwise', () => {
  beforeEach(freshDatabase);

  it('follow a new address, those to come only, and their people are told as of any move, once', async () => {
    const venueId = await aVenue();
    const roomId = await aRoom({ venueId });
    const run = await aRun({
      sessions: [aSession({ roomId, inDays: 1 }), aSession({ roomId, inDays: 40 }), aSession({ inDays: 80 })],
    });
    await bookPlaces(anyone, { runId: run.id, booker: aPerson() });
    const [first] = await sessionsOfRun(run.id);
    const restore = setClock(() => new Date((first?.endsAt.getTime() ?? 0) + 60_000));
    await changeVenue(systemActor, venueId, {
      name: 'Lernhaus Mitte',
      addressLines: ['Neue Straße 1'],
      town: 'Hannover',
    });
    for (let round = 0; round < 3; round += 1) await relayEvents();
    restore();

    const places = (await sessionsOfRun(run.id)).map(({ location }) => location);
    expect(places).to.deep.equal([
      'Lernhaus Mitte, Raum 2.10, Beispielstraße 12, 30159 Hannover',
      'Lernhaus Mitte, Raum 2.10, Neue Straße 1, Hannover',
      'Lernhaus Mitte, Raum 2.10, Hannover',
    ]);
    const moves = (await eventsAbout({ runId: run.id })).filter(({ type }) => type === 'session-moved');
    expect(moves).to.have.lengthOf(1);
  });

  it('follow a new name of the room in every run, page by page, and stay when nothing of the place changed', async () => {
    const roomId = await aRoom();
    const seminarId = await aSeminar();
    const runs = [];
    for (let index = 0; index < 27; index += 1)
      runs.push(await aRun({ seminarId, sessions: [weeksFromNow(index + 2, roomId)] }));
    await changeRoom(systemActor, roomId, { name: 'Raum 3.01' });
    await relayEvents();
    await changeRoom(systemActor, roomId, { name: 'Raum 3.01', equipment: ['projector'] });
    await relayEvents();

    for (const { id } of runs) {
      expect((await sessionsOfRun(id))[0]?.location).to.contain('Raum 3.01');
      expect((await eventsAbout({ runId: id })).filter(({ type }) => type === 'session-moved')).to.have.lengthOf(1);
    }
  }).timeout(180_000);
});

function weeksFromNow(weeks: number, roomId: string) {
  const session = aSession({ roomId });
  const later = (at: Date) => new Date(at.getTime() + weeks * 7 * 86_400_000);
  return { ...session, startsAt: later(session.startsAt), endsAt: later(session.endsAt) };
}
