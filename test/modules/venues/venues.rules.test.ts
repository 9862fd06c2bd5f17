import { expect } from 'chai';
import { DateTime } from 'luxon';
import { locationOf, mostIn, whyShut } from '../../../server/modules/venues/venues.rules.ts';

const zone = 'Europe/Berlin';
const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', until: '20:00' }));
const house = { timeZone: zone, openingHours: weekdays, closedDays: [{ from: '2027-08-02', until: '2027-08-13' }] };
const at = (local: string) => DateTime.fromISO(local, { zone }).toJSDate();

describe('whyShut', () => {
  const table: readonly [said: string, from: string, until: string, kind: string | undefined][] = [
    ['from the first to the last minute', '2027-06-15T08:00', '2027-06-15T20:00', undefined],
    ['a minute before it opens', '2027-06-15T07:59', '2027-06-15T12:00', 'hours'],
    ['a minute after it closes', '2027-06-15T12:00', '2027-06-15T20:01', 'hours'],
    ['on a Saturday, for which nothing is said', '2027-06-19T10:00', '2027-06-19T12:00', 'hours'],
    ['overnight', '2027-06-15T18:00', '2027-06-16T09:00', 'hours'],
    ['on the first closed day', '2027-08-02T09:00', '2027-08-02T12:00', 'closed-day'],
    ['on the last closed day', '2027-08-13T09:00', '2027-08-13T12:00', 'closed-day'],
    ['the Monday after', '2027-08-16T09:00', '2027-08-16T12:00', undefined],
    // Summer time begins on 28 March 2027: the Monday after, eight o'clock is an hour earlier in UTC.
    ['when the clocks have gone forward', '2027-03-29T08:00', '2027-03-29T20:00', undefined],
    ['when the clocks have gone back', '2027-11-01T08:00', '2027-11-01T20:00', undefined],
  ];
  for (const [said, from, until, kind] of table)
    it(`${kind ?? 'is open'}: ${said}`, () => {
      expect(whyShut(house, { startsAt: at(from), endsAt: at(until) })?.kind).to.equal(kind);
    });

  it('is open whenever somebody comes where no hours are said', () => {
    const open = { ...house, openingHours: [] };

    expect(whyShut(open, { startsAt: at('2027-06-19T22:00'), endsAt: at('2027-06-20T06:00') })).to.equal(undefined);
  });

  it('is open through the night where it is open until 24:00 and from 00:00, also when an hour is missing or comes twice', () => {
    const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', until: '24:00' }));
    for (const night of ['2027-03-27', '2027-10-30', '2027-06-15']) {
      const startsAt = at(`${night}T22:00`);
      const span = { startsAt, endsAt: new Date(startsAt.getTime() + 10 * 3_600_000) };
      expect(whyShut({ ...house, openingHours: always }, span), night).to.equal(undefined);
    }
  });

  it('names the day', () => {
    expect(whyShut(house, { startsAt: at('2027-07-30T09:00'), endsAt: at('2027-08-02T10:00') })).to.deep.equal({
      kind: 'hours',
      day: '2027-07-30',
    });
  });
});

describe('a room in words', () => {
  it('is house, room and address, without what is missing', () => {
    const venue = { name: 'Haus', addressLines: ['Weg 1', 'Hof'], postalCode: '30159', town: 'Hannover' };

    expect(locationOf(venue, { name: 'Raum 1' })).to.equal('Haus, Raum 1, Weg 1, Hof, 30159 Hannover');
    expect(locationOf({ ...venue, addressLines: [], postalCode: '' }, { name: 'Raum 1' })).to.equal(
      'Haus, Raum 1, Hannover',
    );
  });

  it('takes as many as the largest seating, or as the one that is asked for', () => {
    const capacities = [
      { seating: 'tables' as const, places: 16 },
      { seating: 'rows' as const, places: 40 },
    ];

    expect([mostIn(capacities), mostIn(capacities, 'tables'), mostIn(capacities, 'circle'), mostIn([])]).to.deep.equal([
      40,
      16,
      undefined,
      undefined,
    ]);
  });
});
