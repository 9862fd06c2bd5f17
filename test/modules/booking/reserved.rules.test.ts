import { expect } from 'chai';
import { allocate, placesOf, type QueuedBooking } from '../../../server/modules/booking/booking.rules.ts';
import { freeIn } from '../../../server/modules/booking/contingents.rules.ts';
import type { QueuePolicy } from '../../../server/modules/scheduling/index.ts';

const policy = (order: QueuePolicy['order'], maxPasses = 2): QueuePolicy => ({
  order,
  maxPasses,
  promotion: 'confirm',
  cutOffHours: 24,
});
const startsAt = new Date('2026-12-01T08:00:00Z');
const before = { now: new Date('2026-11-01T08:00:00Z'), startsAt, isOpen: true };
const late = { ...before, now: new Date('2026-11-30T20:00:00Z') };
const limitOf = (most: number, held: Record<string, number> = {}) => ({
  limit: { most, held: new Map(Object.entries(held).map(([who, places]) => [`run ${who}`, places])) },
});
const keeping = (capacity: number, held: number, ...contingents: [id: string, places: number, held: number][]) => [
  {
    unit: 'run',
    capacity,
    held,
    waiting: 0,
    contingents: contingents.map(([id, places, of]) => ({ id, places, held: of })),
  },
];
const places = (capacity: number, held = 0) => keeping(capacity, held);
const booking = (id: string, demand = 1, more: Partial<QueuedBooking> = {}): QueuedBooking => ({
  id,
  units: ['run'],
  demand,
  hasWaited: true,
  organisation: id.split(' ')[0] ?? id,
  ...more,
});
const member = (id: string, demand = 1) => booking(id, demand, { contingent: 'schools' });
const decided = (...args: Parameters<typeof allocate>) =>
  allocate(...args).map((decision) =>
    decision.kind === 'confirm'
      ? decision.id
      : `${decision.id}: ${decision.reason}${decision.kind === 'part' ? `, ${decision.places} at once` : ''}`,
  );

describe('allocate with a limit per institution', () => {
  it('passes over whoever would be one too many, and serves those behind', () => {
    const queue = [booking('north 1', 2), booking('north 2', 3), booking('south 1', 2)];

    expect(decided(places(6), queue, policy('strict'), { ...before, ...limitOf(4) })).to.deep.equal([
      'north 1',
      'north 2: institution-limit',
      'south 1',
    ]);
  });

  it('counts what the institution holds already', () => {
    const limited = { ...before, ...limitOf(2, { north: 1 }) };

    expect(
      decided(places(6), [booking('north 1'), booking('north 2'), booking('south 1', 2)], policy('strict'), limited),
    ).to.deep.equal(['north 1', 'north 2: institution-limit', 'south 1']);
  });

  it('keeps the order within the institution, so that single persons do not starve its group', () => {
    const queue = [booking('north group', 3), booking('north one'), booking('south 1')];
    const limited = { ...before, ...limitOf(4, { north: 2 }) };

    expect(decided(places(6), queue, policy('strict'), limited)).to.deep.equal([
      'north group: institution-limit',
      'north one: institution-limit',
      'south 1',
    ]);
    expect(decided(places(6), queue, policy('fill'), limited)).to.deep.equal([
      'north group: institution-limit',
      'north one',
      'south 1',
    ]);
  });

  it('counts nobody as passed who is over the limit, and lets them block nobody', () => {
    const queue = [
      booking('north group', 3, { passes: 1 }),
      booking('south 1'),
      booking('south 2'),
      booking('south 3'),
    ];
    const decisions = allocate(places(6), queue, policy('fill'), { ...before, ...limitOf(3, { north: 1 }) });

    expect(decisions[0]).to.deep.include({ kind: 'wait', reason: 'institution-limit', passes: 1 });
    expect(decisions.slice(1).map(({ kind }) => kind)).to.deep.equal(['confirm', 'confirm', 'confirm']);
  });

  it('counts in every module for itself, and not who makes one up', () => {
    const units = ['m1', 'm2', 'make-up:m1'].map((unit) => ({ unit, capacity: 5, held: 0, waiting: 0 }));
    const of = (id: string, ...wanted: string[]) => booking(id, 1, { units: wanted });
    const queue = [of('north 1', 'm1'), of('north 2', 'm2'), of('north 3', 'm1', 'm2'), of('north 4', 'make-up:m1')];

    expect(decided(units, queue, policy('fill'), { ...before, ...limitOf(1) })).to.deep.equal([
      'north 1',
      'north 2',
      'north 3: institution-limit',
      'north 4',
    ]);
  });

  it('does not count who sits in the run already', () => {
    const shadow = booking('north 2', 1, { takesIn: { run: 0 } });

    expect(
      decided(places(6), [booking('north 1'), shadow], policy('strict'), { ...before, ...limitOf(1) }),
    ).to.deep.equal(['north 1', 'north 2']);
  });

  it('still says so after the cut-off, and blocks nobody then either', () => {
    const queue = [booking('north 1'), booking('south 1', 1, { hasWaited: false })];

    expect(decided(places(6), queue, policy('strict'), { ...late, ...limitOf(1, { north: 1 }) })).to.deep.equal([
      'north 1: institution-limit',
      'south 1',
    ]);
  });
});

describe('allocate with places kept for a group', () => {
  it('gives them to the group alone, also behind others who wait', () => {
    const queue = [booking('a'), booking('b'), member('school 1'), member('school 2'), member('school 3')];

    expect(decided(keeping(3, 0, ['schools', 2, 0]), queue, policy('strict'), before)).to.deep.equal([
      'a',
      'b: kept-for-contingent',
      'school 1',
      'school 2',
      'school 3: behind-others',
    ]);
  });

  it('serves the group from what is open to all when it has had its own', () => {
    expect(
      decided(keeping(4, 2, ['schools', 2, 2]), [member('school 1', 2), booking('a')], policy('strict'), before),
    ).to.deep.equal(['school 1', 'a: no-place-free']);
  });

  it('gives a group of the contingent both kinds of places at once', () => {
    expect(
      decided(keeping(4, 0, ['schools', 2, 0]), [member('school 1', 3), booking('a')], policy('strict'), before),
    ).to.deep.equal(['school 1', 'a']);
  });

  it('lets a member who waits block its own group too', () => {
    const queue = [member('school 1', 4), member('school 2'), booking('a')];

    expect(decided(keeping(3, 0, ['schools', 2, 0]), queue, policy('strict'), before)).to.deep.equal([
      'school 1: group-does-not-fit',
      'school 2: behind-others',
      'a: behind-others',
    ]);
  });

  it('counts nobody as passed by whoever takes what was kept', () => {
    const queue = [booking('group', 2), member('school 1'), member('school 2', 2)];
    const decisions = allocate(keeping(4, 0, ['schools', 3, 0]), queue, policy('fill', 3), before);

    expect(decisions[0]).to.deep.include({ reason: 'kept-for-contingent', passes: 0 });
    expect(decisions.map(({ kind }) => kind)).to.deep.equal(['wait', 'confirm', 'confirm']);
  });

  it('gives a divided group only what is open to it', () => {
    const group = booking('group', 3, { divisible: 3 });

    expect(decided(keeping(4, 1, ['schools', 2, 0]), [group], policy('split'), before)).to.deep.equal([
      'group: kept-for-contingent, 1 at once',
    ]);
  });

  it('keeps no more than there is: the contingent made first has what is left', () => {
    const [unit] = keeping(10, 8, ['first', 3, 1], ['second', 2, 0]);

    expect([...freeIn(unit!).kept]).to.deep.equal([
      ['first', 2],
      ['second', 0],
    ]);
    expect(freeIn(unit!).open).to.equal(0);
  });

  it('promotes nobody in an over-full run', () => {
    expect(decided(keeping(3, 5, ['schools', 2, 0]), [member('school 1')], policy('strict'), before)).to.deep.equal([
      'school 1: run-over-full',
    ]);
  });
});

describe('placesOf with places kept', () => {
  it('leaves to everybody only what is open to everybody', () => {
    const [unit] = keeping(10, 4, ['schools', 3, 1]);

    expect(placesOf({ units: [unit!], waiting: 0 })).to.deep.include({ capacity: 10, held: 4, left: 4 });
  });

  it('leaves places to newcomers where whoever waits keeps them from nothing', () => {
    const unit = { unit: 'run', capacity: 10, held: 4, waiting: 2 };

    expect(placesOf({ units: [unit], waiting: 2 }).left).to.equal(0);
    expect(placesOf({ units: [{ ...unit, passable: true }], waiting: 2 }).left).to.equal(6);
  });
});
