import { expect } from 'chai';
import {
  conflictsOf,
  mirroredKey,
  type ConflictFacts,
  type Occupied,
} from '../../../server/modules/scheduling/conflicts.rules.ts';
import { resourceDays } from '../../../server/modules/scheduling/resource-days.rules.ts';

const minute = 60_000;
const nine = Date.parse('2027-06-15T07:00:00Z');
const words = 'Rathaus, Saal 1';

/** A sitting from nine on, so many minutes from there and as long. */
function sitting(more: Partial<Occupied> & { from?: number; length?: number } = {}): Occupied {
  const { from = 0, length = 180, ...rest } = more;
  return {
    id: 'one',
    runId: 'run-one',
    startsAt: new Date(nine + from * minute),
    endsAt: new Date(nine + (from + length) * minute),
    timeZone: 'Europe/Berlin',
    location: words,
    trainerIds: [],
    ...rest,
  };
}

const room = (venueId: string, more = {}) => ({
  venueId,
  setUpMinutes: 0,
  clearUpMinutes: 0,
  equipment: [],
  accessibility: [],
  ...more,
});
const facts = (more: Partial<ConflictFacts> = {}): ConflictFacts => ({
  others: [],
  rooms: new Map([
    ['plain', room('centre')],
    ['ready', room('centre', { setUpMinutes: 15, clearUpMinutes: 30 })],
    ['north', room('north')],
  ]),
  roomBlocks: [],
  trainersAway: [],
  whyShut: () => undefined,
  travelMinutes: (from, to) => (from === undefined || to === undefined ? 30 : 40),
  isOnline: (location) => location.startsWith('https:'),
  ...more,
});
const kinds = (planned: readonly Occupied[], known: ConflictFacts) =>
  conflictsOf(planned, known).map(({ kind, session }) => `${session} ${kind}`);

describe('conflictsOf', () => {
  const other = (more: Parameters<typeof sitting>[0]) => sitting({ id: 'other', runId: 'run-other', ...more });

  describe('says of a room and another run in it', () => {
    const table: readonly [said: string, roomId: string, from: number, kind: string | undefined][] = [
      ['that overlaps by a minute', 'plain', 179, 'room-taken'],
      ['that begins when it ends', 'plain', 180, undefined],
      ['that ends when it begins', 'plain', -180, undefined],
      ['that ends a minute after it begins', 'plain', -179, 'room-taken'],
      ['that lies within it', 'plain', 60, 'room-taken'],
      ['that begins 44 minutes later, of 45 to clear up and set up', 'ready', 224, 'room-set-up'],
      ['that begins 45 minutes later', 'ready', 225, undefined],
      ['that ended 44 minutes before', 'ready', -224, 'room-set-up'],
      ['that ended 45 minutes before', 'ready', -225, undefined],
    ];
    for (const [said, roomId, from, kind] of table)
      it(`${kind ?? 'nothing'}: ${said}`, () => {
        const found = kinds([sitting({ roomId })], facts({ others: [other({ roomId, from })] }));

        expect(found).to.deep.equal(kind ? [`0 ${kind}`] : []);
      });

    it('nothing where the other is in another room, or in words at the same place', () => {
      const others = [other({ roomId: 'north' }), other({})];

      expect(kinds([sitting({ roomId: 'plain' })], facts({ others }))).to.deep.equal([]);
    });

    it('nothing where both are of one run: it stays set up', () => {
      const next = other({ roomId: 'ready', from: 180, runId: 'run-one' });

      expect(kinds([sitting({ roomId: 'ready' })], facts({ others: [next] }))).to.deep.equal([]);
    });
  });

  describe('says of a trainer and another session', () => {
    const table: readonly [said: string, here: object, there: object, from: number, kind: string | undefined][] = [
      ['at the same time', { roomId: 'plain' }, { roomId: 'north' }, 0, 'trainer-taken'],
      ['at the same time on a screen', {}, { location: 'https://raum.example.org' }, 60, 'trainer-taken'],
      ['39 minutes later, of 40 on the road', { roomId: 'plain' }, { roomId: 'north' }, 219, 'trainer-travel'],
      ['40 minutes later', { roomId: 'plain' }, { roomId: 'north' }, 220, undefined],
      ['39 minutes before', { roomId: 'plain' }, { roomId: 'north' }, -219, 'trainer-travel'],
      ['right after it in the same house', { roomId: 'plain' }, { roomId: 'ready' }, 180, undefined],
      ['29 minutes later somewhere in words', { roomId: 'plain' }, {}, 209, 'trainer-travel'],
      ['right after it at the same place in words', {}, {}, 180, undefined],
      ['right after it on a screen', {}, { location: 'https://raum.example.org' }, 180, undefined],
    ];
    for (const [said, here, there, from, kind] of table)
      it(`${kind ?? 'nothing'}: ${said}`, () => {
        const planned = sitting({ trainerIds: ['ada', 'bo'], ...here });
        const found = kinds([planned], facts({ others: [other({ trainerIds: ['bo'], from, ...there })] }));

        expect(found).to.deep.equal(kind ? [`0 ${kind}`] : []);
      });

    it('the way also between two sessions planned together, once', () => {
      const planned = [
        sitting({ trainerIds: ['ada'], roomId: 'plain' }),
        sitting({ id: 'two', trainerIds: ['ada'], roomId: 'north', from: 190 }),
      ];

      expect(kinds(planned, facts())).to.deep.equal(['1 trainer-travel']);
    });
  });

  it('says when room and trainer cannot, what is hard and what is only a warning', () => {
    const span = { startsAt: new Date(nine + 170 * minute), endsAt: new Date(nine + 400 * minute) };
    const after = { startsAt: new Date(nine + 180 * minute), endsAt: new Date(nine + 400 * minute) };
    const found = conflictsOf(
      [sitting({ roomId: 'plain', trainerIds: ['ada'] })],
      facts({
        roomBlocks: [
          { id: '1', roomId: 'plain', ...span },
          { id: '2', roomId: 'plain', ...after },
          { id: '3', roomId: 'north', ...span },
        ],
        trainersAway: [
          { id: '4', trainerId: 'ada', isHard: true, ...span },
          { id: '5', trainerId: 'ada', isHard: false, ...span },
          { id: '6', trainerId: 'bo', isHard: true, ...span },
        ],
        whyShut: () => ({ kind: 'hours', day: '2027-06-15' }),
      }),
    );

    expect(found.map(({ kind, isHard }) => [kind, isHard])).to.deep.equal([
      ['room-blocked', true],
      ['outside-hours', true],
      ['trainer-blocked', true],
      ['trainer-unavailable', false],
    ]);
  });

  it('warns of what a room is too small for, and of what it lacks', () => {
    const small = room('centre', { most: 12, equipment: ['projector'], accessibility: ['lift'] });
    const found = conflictsOf(
      [sitting({ roomId: 'small' }), sitting({ id: 'two', from: 1_440 })],
      facts({
        rooms: new Map([['small', small]]),
        capacity: 13,
        needs: { equipment: ['projector', 'flipchart'], accessibility: ['step-free'] },
        declared: new Map([
          ['step-free', 2],
          ['lift', 1],
        ]),
      }),
    );

    expect(found.every(({ isHard, session }) => !isHard && session === 0)).to.equal(true);
    expect(found.map(({ kind, what, count }) => [kind, what, count])).to.deep.equal([
      ['room-too-small', '12', 13],
      ['room-lacks-equipment', 'flipchart', undefined],
      ['room-lacks-access', 'step-free', undefined],
      ['declared-unmet', 'step-free', 2],
    ]);
  });

  it('counts the places of the seating that the run wants, and knows a room that is not seated so', () => {
    const capacities = [
      { seating: 'rows', places: 40 },
      { seating: 'circle', places: 12 },
    ];
    const rooms = new Map([
      ['known', room('centre', { most: 40, capacities })],
      ['unknown', room('centre', {})],
    ]);
    const found = (seating: string | undefined, capacity: number, roomId = 'known') =>
      conflictsOf([sitting({ roomId })], facts({ rooms, capacity, needs: { seating } })).map(
        ({ kind, what, count, isHard }) => [kind, what, count, isHard],
      );

    expect(found('circle', 12)).to.deep.equal([]);
    expect(found('circle', 13)).to.deep.equal([['room-seats-fewer', '12', 13, false]]);
    expect(found('rows', 40)).to.deep.equal([]);
    expect(found('tables', 12)).to.deep.equal([['room-lacks-seating', 'tables', undefined, false]]);
    expect(found('tables', 41).map(([kind]) => kind)).to.deep.equal(['room-too-small', 'room-lacks-seating']);
    expect(found(undefined, 41).map(([kind]) => kind)).to.deep.equal(['room-too-small']);
    expect(found('circle', 500, 'unknown')).to.deep.equal([]);
  });

  it('calls a conflict the same from both sides, until one of the sittings changes', () => {
    const [here, there] = [sitting({ roomId: 'plain' }), other({ roomId: 'plain', from: 60 })];
    const [mine] = conflictsOf([here], facts({ others: [there] }));
    const [theirs] = conflictsOf([there], facts({ others: [here] }));
    const [moved] = conflictsOf([sitting({ roomId: 'plain', from: 1 })], facts({ others: [there] }));

    expect(mine && mirroredKey(mine, [here])).to.equal(theirs?.key);
    expect(moved?.key).not.to.equal(mine?.key);
  });
});

describe('resourceDays', () => {
  const days = (from: string, until: string, reach?: Parameters<typeof resourceDays>[1]) =>
    resourceDays({ startsAt: new Date(from), endsAt: new Date(until), roomId: 'r', trainerIds: ['t'] }, reach);

  it('names each day of the room and of each trainer, overnight and over several days', () => {
    const table: readonly [string, string, string[]][] = [
      ['2027-06-15T07:00Z', '2027-06-15T14:00Z', ['room:r:2027-06-15', 'trainer:t:2027-06-15']],
      [
        '2027-06-15T20:00Z',
        '2027-06-16T04:00Z',
        ['room:r:2027-06-15', 'room:r:2027-06-16', 'trainer:t:2027-06-15', 'trainer:t:2027-06-16'],
      ],
    ];
    for (const [from, until, expected] of table) expect(days(from, until)).to.deep.equal(expected);
    expect(days('2027-06-30T20:00Z', '2027-07-03T04:00Z')).to.have.lengthOf(8);
  });

  it('reaches a day of whatever may be in its way, also over midnight', () => {
    const reach = { roomMinutes: 45, trainerMinutes: 240 };
    const evening = days('2027-06-15T18:00Z', '2027-06-15T23:30Z', reach);
    const night = days('2027-06-16T00:10Z', '2027-06-16T02:00Z');

    expect(evening.filter((day) => night.includes(day))).to.deep.equal(['room:r:2027-06-16', 'trainer:t:2027-06-16']);
    expect(days('2027-06-15T07:00Z', '2027-06-15T14:00Z', reach)).to.have.lengthOf(2);
  });
});
