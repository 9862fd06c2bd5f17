import { expect } from 'chai';
import {
  allocate,
  normalisedName,
  placesOf,
  type QueuedBooking,
} from '../../../server/modules/booking/booking.rules.ts';

const strict = { order: 'strict', promotion: 'confirm', cutOffHours: 0 } as const;
const startsAt = new Date('2026-12-01T08:00:00Z');
const before = { now: new Date('2026-11-01T08:00:00Z'), startsAt, isOpen: true };

const places = (capacity: number, held = 0) => [{ unit: 'run', capacity, held, waiting: 0 }];
const booking = (id: string, demand = 1, more: Partial<QueuedBooking> = {}): QueuedBooking => ({
  id,
  units: ['run'],
  demand,
  hasWaited: false,
  ...more,
});
const decided = (...args: Parameters<typeof allocate>) =>
  allocate(...args).map((decision) =>
    decision.kind === 'confirm' ? decision.id : `${decision.id}: ${decision.reason}`,
  );

describe('allocate, strict', () => {
  it('confirms in the order of the queue while places are free', () => {
    expect(decided(places(2), [booking('a'), booking('b'), booking('c')], strict, before)).to.deep.equal([
      'a',
      'b',
      'c: no-place-free',
    ]);
  });

  it('lets a group that does not fit block everybody behind it, also whoever would fit', () => {
    expect(decided(places(3), [booking('group', 4), booking('one')], strict, before)).to.deep.equal([
      'group: group-does-not-fit',
      'one: behind-others',
    ]);
  });

  it('confirms a group that fits exactly', () => {
    expect(decided(places(4, 1), [booking('group', 3), booking('one')], strict, before)).to.deep.equal([
      'group',
      'one: no-place-free',
    ]);
  });

  it('leaves to the next what somebody needs free and does not take', () => {
    const seated = (id: string) => booking(id, 1, { takes: 0 });

    expect(decided(places(1), [seated('a'), seated('b'), booking('c'), seated('d')], strict, before)).to.deep.equal([
      'a',
      'b',
      'c',
      'd: no-place-free',
    ]);
  });

  it('promotes nobody in a run that is over-full', () => {
    expect(decided(places(3, 5), [booking('a')], strict, before)).to.deep.equal(['a: run-over-full']);
  });

  it('blocks exactly the units that an entry wants', () => {
    const units = [
      { unit: 'm1', capacity: 1, held: 1, waiting: 0 },
      { unit: 'm2', capacity: 1, held: 0, waiting: 0 },
    ];
    const queue = [
      booking('first', 1, { units: ['m1'] }),
      booking('both', 1, { units: ['m1', 'm2'] }),
      booking('second', 1, { units: ['m2'] }),
    ];

    expect(decided(units, queue, strict, before)).to.deep.equal([
      'first: no-place-free',
      'both: behind-others',
      'second: behind-others',
    ]);
    expect(decided(units, [queue[0]!, queue[2]!], strict, before)).to.deep.equal(['first: no-place-free', 'second']);
  });

  it('takes all units or none', () => {
    const units = [
      { unit: 'm1', capacity: 5, held: 0, waiting: 0 },
      { unit: 'm2', capacity: 5, held: 4, waiting: 0 },
    ];

    expect(decided(units, [booking('both', 2, { units: ['m1', 'm2'] })], strict, before)).to.deep.equal([
      'both: group-does-not-fit',
    ]);
  });

  for (const [what, seconds, waited, expected] of [
    ['a second before the cut-off, who waited is promoted', -1, true, 'a'],
    ['at the cut-off, who waited is not promoted', 0, true, 'a: after-cut-off'],
    ['at the cut-off, a newcomer still gets a free place', 0, false, 'a'],
  ] as const)
    it(what, () => {
      const cutOff = new Date(startsAt.getTime() - 24 * 3_600_000 + seconds * 1_000);
      const policy = { ...strict, cutOffHours: 24 };

      expect(
        decided(places(1), [booking('a', 1, { hasWaited: waited })], policy, { ...before, now: cutOff }),
      ).to.deep.equal([expected]);
    });

  it('lets no newcomer overtake whoever was stopped by the cut-off', () => {
    const late = { ...before, now: startsAt };

    expect(decided(places(5), [booking('a', 1, { hasWaited: true }), booking('new')], strict, late)).to.deep.equal([
      'a: after-cut-off',
      'new: behind-others',
    ]);
  });

  it('promotes nobody in a run that is not open', () => {
    expect(
      decided(places(5), [booking('a', 1, { hasWaited: true })], strict, { ...before, isOpen: false }),
    ).to.deep.equal(['a: after-cut-off']);
  });
});

describe('allocate, fill', () => {
  const fill = (maxPasses: number) => ({ ...strict, order: 'fill', maxPasses }) as const;
  const passesIn = (...args: Parameters<typeof allocate>) =>
    allocate(...args).map((decision) => (decision.kind === 'wait' ? decision.passes : decision.kind));

  it('lets smaller bookings go ahead of a group that does not fit', () => {
    expect(decided(places(2), [booking('group', 3), booking('a'), booking('b')], fill(9), before)).to.deep.equal([
      'group: group-does-not-fit',
      'a',
      'b',
    ]);
  });

  for (const [passes, expected] of [
    [0, ['group: group-does-not-fit', 'a: behind-others', 'b: behind-others']],
    [1, ['group: group-does-not-fit', 'a', 'b: behind-others']],
    [2, ['group: group-does-not-fit', 'a', 'b']],
  ] as const)
    it(`lets nobody be passed over more than ${passes} times`, () => {
      const queue = [booking('group', 5), booking('a'), booking('b')];

      expect(decided(places(4), queue, fill(passes), before)).to.deep.equal(expected);
    });

  it('counts on from how often somebody was passed before', () => {
    const queue = [booking('group', 5, { passes: 2 }), booking('a'), booking('b')];

    expect(passesIn(places(4), queue, fill(3), before)).to.deep.equal([3, 'confirm', 0]);
    expect(decided(places(4), queue, fill(2), before)[1]).to.equal('a: behind-others');
  });

  it('counts a pass only for those who want one of the same units', () => {
    const units = ['m1', 'm2'].map((unit) => ({ unit, capacity: 2, held: 0, waiting: 0 }));
    const queue = [
      booking('first', 3, { units: ['m1'] }),
      booking('second', 3, { units: ['m2'] }),
      booking('one', 1, { units: ['m2'] }),
    ];

    expect(passesIn(units, queue, fill(1), before)).to.deep.equal([0, 1, 'confirm']);
  });

  it('lets nobody go ahead of whoever was stopped by the cut-off', () => {
    const late = { ...before, now: startsAt };

    expect(decided(places(5), [booking('a', 9, { hasWaited: true }), booking('new')], fill(9), late)).to.deep.equal([
      'a: after-cut-off',
      'new: behind-others',
    ]);
  });
});

describe('allocate, split', () => {
  const split = { ...strict, order: 'split' } as const;
  const group = (id: string, demand: number, divisible = demand) => booking(id, demand, { divisible });

  it('gives a group what is free, and lets the rest of it wait before everybody else', () => {
    expect(allocate(places(3), [group('group', 5), booking('one')], split, before)).to.deep.equal([
      { id: 'group', kind: 'part', places: 3, reason: 'no-place-free', passes: 0 },
      { id: 'one', kind: 'wait', reason: 'behind-others', passes: 0 },
    ]);
  });

  it('divides nobody who fits, and nobody when nothing is free', () => {
    expect(decided(places(5), [group('group', 5)], split, before)).to.deep.equal(['group']);
    expect(decided(places(5, 5), [group('group', 5)], split, before)).to.deep.equal(['group: no-place-free']);
    expect(decided(places(5, 6), [group('group', 5)], split, before)).to.deep.equal(['group: run-over-full']);
  });

  it('gives of several units only what is free in all of them', () => {
    const units = [
      { unit: 'm1', capacity: 3, held: 0, waiting: 0 },
      { unit: 'm2', capacity: 2, held: 0, waiting: 0 },
    ];
    const both = { ...group('both', 4), units: ['m1', 'm2'] };
    const [decision] = allocate(units, [both], split, before);

    expect(decision).to.deep.equal({ id: 'both', kind: 'part', places: 2, reason: 'no-place-free', passes: 0 });
  });

  it('gives no more than can be given without the others', () => {
    const [decision] = allocate(places(3), [group('group', 5, 1)], split, before);

    expect(decision).to.include({ kind: 'part', places: 1, reason: 'group-does-not-fit' });
    expect(decided(places(3), [group('group', 5, 0)], split, before)).to.deep.equal(['group: group-does-not-fit']);
  });
});

describe('placesOf', () => {
  it('offers a newcomer nothing while others wait, and never less than nothing', () => {
    expect(placesOf({ units: places(5, 3), waiting: 0 }).left).to.equal(2);
    expect(placesOf({ units: [{ ...places(5, 3)[0]!, waiting: 4 }], waiting: 4 }).left).to.equal(0);
    expect(placesOf({ units: places(3, 5), waiting: 0 }).left).to.equal(0);
  });
});

describe('normalisedName', () => {
  it('knows a name by its letters, not by case, blanks or the way its accents are typed', () => {
    expect(normalisedName('  Zoé   BEISPIEL ')).to.equal(normalisedName('zoe\u0301 beispiel'));
    expect(normalisedName('Zoe Beispiel')).to.not.equal(normalisedName('Zoé Beispiel'));
  });
});
