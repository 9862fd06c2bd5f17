import { expect } from 'chai';
import { z } from 'zod';
import { aProvider, aRoom, aSeminar, aSession, aVenue } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { call, networkToken, refusalOf } from './door.ts';

const problem = z.object({
  code: z.string(),
  conflicts: z.array(z.object({ key: z.string(), kind: z.string(), hard: z.boolean(), session: z.number() })),
});
const planned = z.object({ id: z.string(), sessions: z.array(z.object({ id: z.string() })) });

describe('rooms in the API', () => {
  let token: string;
  beforeEach(async () => {
    await freshDatabase();
    token = await networkToken();
  });

  const plan = async (session: Record<string, unknown>, more: Record<string, unknown> = {}) => {
    const { location: _words, ...sitting } = aSession();
    const body = { seminarId: await aSeminar(), capacity: 5, sessions: [{ ...sitting, ...session }], ...more };
    return call('post', '/runs', { token, body });
  };

  it('are named by their id, shown to coordinators, and to everybody as words', async () => {
    const roomId = await aRoom();
    const { id } = planned.parse((await plan({ roomId }, { published: true })).body);
    const mine = (await call('get', `/runs/${id}`, { token })).text;
    const everybodys = (await call('get', `/runs/${id}`)).text;

    expect(mine).to.contain(roomId);
    expect(everybodys).to.contain('Lernhaus Mitte, Raum 2.10, Beispielstraße 12').and.not.to.contain(roomId);
  });

  it('that are taken are a conflict, said in full, which a reason overrides', async () => {
    const roomId = await aRoom();
    await plan({ roomId });
    const refused = await plan({ roomId });
    const { code, conflicts } = problem.parse(refused.body);
    const override = { reason: 'Die Trennwand ist zu.', conflicts: conflicts.map(({ key }) => key) };

    expect([refused.status, code]).to.deep.equal([409, 'plan-conflicts']);
    expect(conflicts.map(({ kind, hard, session }) => [kind, hard, session])).to.deep.equal([['room-taken', true, 0]]);
    expect((await plan({ roomId }, { override })).status).to.equal(201);
  });

  it('that a session moves to are taken, and left by words', async () => {
    const roomId = await aRoom();
    const { sessions } = planned.parse((await plan({ location: 'Rathaus' })).body);
    const path = `/sessions/${sessions[0]?.id}`;
    const moved = await call('patch', path, { token, body: { roomId } });
    const taken = await plan({ roomId });
    const left = await call('patch', path, { token, body: { location: 'Rathaus' } });

    expect([moved.status, taken.status, left.status]).to.deep.equal([200, 409, 200]);
    expect(moved.text).to.contain(roomId);
    expect(left.text).to.contain('"location":"Rathaus"').and.not.to.contain(roomId);
    expect((await plan({ roomId })).status).to.equal(201);
  });

  it('are refused where there is none, where it is not for this provider, and where a session says no place', async () => {
    await aProvider({ id: 'kargah' });
    const theirs = await aRoom({ venueId: await aVenue({ provider: 'kargah' }) });

    for (const roomId of [theirs, 'f'.repeat(24)])
      expect(refusalOf(await plan({ roomId })).code).to.equal('unknown-room');
    expect(refusalOf(await plan({ roomId: 'Raum 7' })).errors).to.have.property('sessions.0.roomId');
    expect(refusalOf(await plan({})).errors).to.have.property('sessions.0.location');
  });
});
