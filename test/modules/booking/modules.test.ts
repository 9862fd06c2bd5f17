import { expect } from 'chai';
import {
  bookingOfHolder,
  bookPlaces,
  cancelBooking,
  changeCapacity,
  changeModules,
  changeSeminar,
  holderOf,
  listRuns,
  placesOfRuns,
  type BookPlacesOutcome,
  type RunFilter,
} from '../../../server/modules/booking/index.ts';
import { seminarById } from '../../../server/modules/catalogue/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { changeSession, sessionsOfRun } from '../../../server/modules/scheduling/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aPerson, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { freshDatabase } from '../../support/hooks.ts';

const statusOf = async ({ token }: BookPlacesOutcome) => (await bookingOfHolder(await holderOf(token))).booking.status;
const cancel = async ({ id, token }: BookPlacesOutcome) => cancelBooking(await holderOf(token), { bookingId: id });
const placesIn = async (runId: string) => (await placesOfRuns([runId])).get(runId);
const sessionsTold = async ({ id }: BookPlacesOutcome, kind: string) =>
  (await messagesAbout(id))
    .filter((message) => message.kind === kind && message.state !== 'withdrawn')
    .map(({ about }) => about.sessionId);

describe('a course booked by module', () => {
  beforeEach(freshDatabase);
  afterEach(async () => {
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });

  it('counts the places of each module for itself', async () => {
    const { runId, modules } = await aCourse({ capacity: 2 });
    await aBooking({ runId, modules: [modules[0]!, modules[1]!] });
    await aBooking({ runId, modules: [modules[1]!] });

    const places = await placesIn(runId);

    expect(places?.modules?.map(({ held, left }) => [held, left])).to.deep.equal([
      [1, 1],
      [2, 0],
      [0, 2],
      [0, 2],
    ]);
    expect(places).to.include({ capacity: 2, held: 2, left: 2, waiting: 0 });
  });

  it('confirms all modules that were asked for, or lets all of them wait', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const [first, second] = modules as [string, string];
    await aBooking({ runId, modules: [first] });

    const both = await aBooking({ runId, modules: [first, second] });

    expect(both).to.include({ status: 'waiting', position: 1 });
    expect((await placesIn(runId))?.modules?.[1]).to.include({ held: 0, waiting: 1, left: 0 });
  });

  it('blocks exactly the modules that somebody waits for', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const [first, second, third] = modules as [string, string, string];
    await aBooking({ runId, modules: [first] });
    await aBooking({ runId, modules: [first, second] });

    const behind = await aBooking({ runId, modules: [second] });
    const beside = await aBooking({ runId, modules: [third] });

    expect([behind.status, behind.position, beside.status]).to.deep.equal(['waiting', 2, 'confirmed']);
  });

  it('gives freed places to whoever waits longest for them, past any number who wait for other modules', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const [first, second] = modules as [string, string];
    await aBooking({ runId, modules: [first] });
    const holder = await aBooking({ runId, modules: [second] });
    for (let times = 0; times < 5; times += 1) await aBooking({ runId, modules: [first] });
    const next = await aBooking({ runId, modules: [second] });

    await cancel(holder);

    expect(await statusOf(next)).to.equal('confirmed');
  });

  it('takes all modules that have not begun when none is named', async () => {
    const { runId, modules } = await aCourse();

    const { booking } = await bookingOfHolder(await holderOf((await aBooking({ runId })).token));

    expect(booking.units).to.deep.equal(modules);
  });

  it('closes each module as it begins', async () => {
    const { runId, modules, starts } = await aCourse();
    const restore = setClock(() => new Date(starts[0]!.getTime()));

    const refused = await refusalOf(aBooking({ runId, modules: [modules[0]!] }));
    const rest = await aBooking({ runId });
    restore();

    expect(refused).to.equal('module-begun');
    expect((await bookingOfHolder(await holderOf(rest.token))).booking.units).to.deep.equal(modules.slice(1));
  });

  it('stays in the catalogue until its last module begins, with the places of those to come', async () => {
    const { seminarId, runId, modules, starts } = await aCourse({ capacity: 4 });
    const whole = await aRun({ capacity: 10, sessions: [aSession({ inDays: 14 }), aSession({ inDays: 63 })] });
    const later = await aRun({ capacity: 10, seminarId, sessions: [aSession({ inDays: 200, module: modules[0]! })] });
    await aBooking({ runId, modules: modules.slice(1, 2), places: 3 });
    await aBooking({ runId, modules: modules.slice(2), places: 4 });
    const [first, third, last] = [starts[0]!, starts[2]!, starts[3]!];
    const listedAt = async (at: Date, filter: RunFilter = {}) => {
      const restore = setClock(() => at);
      const pages = [await listRuns({ ...filter, limit: 1 })];
      for (let page = pages[0]; page?.next; page = pages.at(-1))
        pages.push(await listRuns({ ...filter, limit: 1, after: page.next }));
      restore();
      return pages.flatMap(({ items }) => items).map(({ run, places }) => [run.id, places.left]);
    };

    const [before, running] = [await listedAt(new Date()), await listedAt(first)];
    const free = await listedAt(third, { free: true });
    await changeSession(systemActor, (await sessionsOfRun(runId))[3]!.id, {
      startsAt: aSession({ inDays: 70 }).startsAt,
      endsAt: aSession({ inDays: 70 }).endsAt,
    });
    const moved = await listedAt(last);

    expect(before).to.have.deep.members([
      [runId, 4],
      [whole.id, 10],
      [later.id, 10],
    ]);
    expect(running).to.deep.equal([
      [runId, 1],
      [later.id, 10],
    ]);
    expect(free).to.deep.equal([[later.id, 10]]);
    expect(moved).to.deep.equal([
      [runId, 0],
      [later.id, 10],
    ]);
    expect(await listedAt(aSession({ inDays: 70 }).startsAt)).to.deep.equal([[later.id, 10]]);
  });

  it('invites to the sessions of the booked modules only, and reminds of the first of them as of a first one', async () => {
    const { runId, modules, sessions } = await aCourse();

    const booking = await aBooking({ runId, modules: [modules[1]!, modules[3]!] });

    const mine = [sessions[1], sessions[3]];
    expect(await sessionsTold(booking, 'invitation')).to.have.members(mine);
    expect(await sessionsTold(booking, 'reminder')).to.have.members([sessions[1], sessions[1], sessions[3]]);
    const { details } = await bookingOfHolder(await holderOf(booking.token));
    expect(details.sessions.map(({ id }) => id)).to.deep.equal(mine);
  });

  it('lets the same person book another module, and seats nobody twice in one', async () => {
    const { runId, modules } = await aCourse({ capacity: 5 });
    const booker = aPerson();
    await aBooking({ runId, booker, modules: [modules[0]!] });

    const second = await aBooking({ runId, booker, modules: [modules[0]!, modules[1]!] });

    const { booking } = await bookingOfHolder(await holderOf(second.token));
    expect(booking.participants[0]).to.deep.include({ elsewhere: [modules[0]] });
    expect((await placesIn(runId))?.modules?.slice(0, 2).map(({ held }) => held)).to.deep.equal([1, 1]);
    expect(await sessionsTold(second, 'invitation')).to.have.length(1);
  });

  it('keeps the deadline of each booking by its own first session', async () => {
    const { runId, modules, starts } = await aCourse();
    const [early, late] = [
      await aBooking({ runId, modules: [modules[0]!] }),
      await aBooking({ runId, modules: [modules[2]!] }),
    ];
    const restore = setClock(() => new Date(starts[0]!.getTime() - 3_600_000));

    const refused = await refusalOf(cancel(early));
    await cancel(late);
    restore();

    expect(refused).to.equal('cancellation-closed');
    expect(await statusOf(late)).to.equal('cancelled');
  });

  it('promotes after the first module has begun, for those whose modules have not', async () => {
    const { runId, modules, starts } = await aCourse({ capacity: 1 });
    const holder = await aBooking({ runId, modules: [modules[2]!] });
    const next = await aBooking({ runId, modules: [modules[2]!] });
    const restore = setClock(() => new Date(starts[0]!.getTime() + 3_600_000));

    await cancel(holder);
    restore();

    expect(await statusOf(next)).to.equal('confirmed');
  });

  it('changes the places of one module alone, and promotes there', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    await aBooking({ runId, modules: [modules[0]!] });
    const waiting = await aBooking({ runId, modules: [modules[0]!] });

    await changeCapacity(systemActor, { runId, modules: [{ module: modules[0]!, capacity: 2 }] });

    expect(await statusOf(waiting)).to.equal('confirmed');
    expect((await placesIn(runId))?.modules?.map(({ capacity }) => capacity)).to.deep.equal([2, 1, 1, 1]);
    expect(await refusalOf(changeCapacity(systemActor, { runId, modules: [{ module: 'run', capacity: 9 }] }))).to.equal(
      'unknown-module',
    );
  });

  it('refuses a module that the run does not have', async () => {
    const { runId } = await aCourse();

    expect(await refusalOf(aBooking({ runId, modules: ['0123456789abcdef01234567'] }))).to.equal('unknown-module');
  });

  it('is not planned without a session of any module', async () => {
    const seminarId = await aSeminar({ booking: 'by-module', modules: [{ title: 'Eins' }] });

    expect(await refusalOf(aRun({ seminarId }))).to.equal('no-module-planned');
  });

  it('answers a request sent twice alike, and another choice of modules as another request', async () => {
    const { runId, modules } = await aCourse();
    const request = { runId, booker: aPerson(), modules: [modules[0]!], key: 'once' };

    const first = await bookPlaces(anyone, request);

    expect(await bookPlaces(anyone, request)).to.deep.equal(first);
    expect(await refusalOf(bookPlaces(anyone, { ...request, modules: [modules[1]!] }))).to.equal(
      'key-used-for-another-request',
    );
  });
});

describe('changeModules', () => {
  beforeEach(freshDatabase);
  afterEach(async () => {
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });

  const change = async ({ token }: BookPlacesOutcome, modules: string[]) =>
    changeModules(await holderOf(token), { modules });
  const unitsOf = async ({ token }: BookPlacesOutcome) => (await bookingOfHolder(await holderOf(token))).booking.units;

  it('gives a dropped module to whoever waits for it, and takes it out of the calendars', async () => {
    const { runId, modules, sessions } = await aCourse({ capacity: 1 });
    const [first, second] = modules as [string, string];
    const both = await aBooking({ runId, modules: [first, second] });
    const next = await aBooking({ runId, modules: [second] });

    await change(both, [first]);

    expect(await statusOf(next)).to.equal('confirmed');
    expect(await unitsOf(both)).to.deep.equal([first]);
    expect(await sessionsTold(both, 'invitation-cancelled')).to.deep.equal([sessions[1]]);
    expect(await sessionsTold(both, 'reminder')).to.have.members([sessions[0], sessions[0]]);
    expect(await sessionsTold(both, 'modules-changed')).to.have.length(1);
  });

  it('lets a booking that waits have at once what is free, when it gives up what is not', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const [first, second] = modules as [string, string];
    await aBooking({ runId, modules: [first] });
    const both = await aBooking({ runId, modules: [first, second] });

    await change(both, [second]);

    expect(await statusOf(both)).to.equal('confirmed');
  });

  it('books an added module for the same people behind everybody who waits, and keeps what was there', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    const [first, second] = modules as [string, string];
    const mine = await aBooking({ runId, modules: [first] });
    await aBooking({ runId, modules: [second] });

    const { added } = await change(mine, [first, second]);
    const again = await change(mine, [first, second]);

    expect(added).to.include({ status: 'waiting', position: 1 });
    expect(again).to.deep.equal({});
    expect(await statusOf(mine)).to.equal('confirmed');
    const { related } = await bookingOfHolder(await holderOf(mine.token));
    expect(related.map(({ units, status }) => [units, status])).to.deep.equal([[[second], 'waiting']]);
  });

  it('exchanges one module for another, and cancels the booking that is left with none', async () => {
    const { runId, modules } = await aCourse();
    const [first, second] = modules as [string, string];
    const mine = await aBooking({ runId, modules: [first] });

    const { added } = await change(mine, [second]);

    expect(await statusOf(mine)).to.equal('cancelled');
    expect(await unitsOf(added!)).to.deep.equal([second]);
  });

  it('frees the place of a person in the modules they keep, when they sat elsewhere in the one they drop', async () => {
    const { runId, modules } = await aCourse({ capacity: 5 });
    const [first, second] = modules as [string, string];
    const booker = aPerson();
    await aBooking({ runId, booker, modules: [first] });
    const both = await aBooking({ runId, booker, modules: [first, second] });

    await change(both, [second]);

    expect((await placesIn(runId))?.modules?.slice(0, 2).map(({ held }) => held)).to.deep.equal([1, 1]);
  });

  it('refuses an empty choice, a course booked as a whole, and a module whose deadline is past', async () => {
    const { runId, modules, starts } = await aCourse();
    const mine = await aBooking({ runId, modules: modules.slice(0, 2) });
    const whole = await aBooking();
    const none = await refusalOf(change(mine, []));
    const restore = setClock(() => new Date(starts[0]!.getTime() - 3_600_000));

    const late = await refusalOf(change(mine, [modules[1]!]));
    await change(mine, [modules[0]!]);
    restore();

    expect([none, late]).to.deep.equal(['no-module-left', 'cancellation-closed']);
    expect(await refusalOf(change(whole, ['x']))).to.equal('modules-not-bookable');
    expect(await unitsOf(mine)).to.deep.equal([modules[0]]);
  });
});

describe('changeSeminar', () => {
  beforeEach(freshDatabase);

  const titles = async (seminarId: string) => (await seminarById(seminarId))?.modules.map(({ title }) => title);

  it('keeps a module that a session is of, and says which', async () => {
    const { seminarId, input, modules } = await aCourse();
    const without = { ...input, modules: input.modules.slice(1).map((one, at) => ({ ...one, id: modules[at + 1]! })) };

    expect(await refusalOf(changeSeminar(systemActor, seminarId, without))).to.equal('modules-in-use');
    expect(await titles(seminarId)).to.have.length(4);
  });

  it('takes out a module that nothing refers to, and puts modules in another order', async () => {
    const seminarId = await aSeminar({ modules: [{ title: 'Eins' }, { title: 'Zwei', teachingUnits: 6 }] });
    const seminar = await seminarById(seminarId);
    const [one, two] = seminar!.modules;
    await aRun({ seminarId, sessions: [aSession({ module: 'Zwei' })] });
    const input = {
      title: 'T',
      summary: 'S',
      kind: 'modular-course',
      language: 'de',
      provider: 'vhs-hannover',
    } as const;

    await changeSeminar(systemActor, seminarId, {
      ...input,
      modules: [
        { id: two!.id, title: 'Zwei' },
        { id: one!.id, title: 'Eins' },
      ],
    });
    const turned = await titles(seminarId);
    await changeSeminar(systemActor, seminarId, { ...input, modules: [{ id: two!.id, title: 'Zwei' }] });

    expect(two).to.include({ teachingUnits: 6 });
    expect(turned).to.deep.equal(['Zwei', 'Eins']);
    expect(await titles(seminarId)).to.deep.equal(['Zwei']);
  });
});
