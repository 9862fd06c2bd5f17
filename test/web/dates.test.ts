import { expect } from 'chai';
import { calendarDay, clockTime, dayOf, momentOf, timeSpan } from '../../templates/dates.ts';

const zone = 'Europe/Berlin';

describe('dates on pages', () => {
  for (const [instant, day, time] of [
    ['2026-03-29T00:59:00Z', '2026-03-29', '01:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '03:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25', '02:30'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '02:30'],
    ['2027-03-28T01:00:00Z', '2027-03-28', '03:00'],
    ['2028-02-28T23:30:00Z', '2028-02-29', '00:30'],
    ['2026-12-31T23:00:00Z', '2027-01-01', '00:00'],
  ] as const)
    it(`reads ${instant} in Berlin as ${day}, ${time}`, () => {
      const at = new Date(instant);

      expect([calendarDay(at, zone), clockTime(at, zone)]).to.deep.equal([day, time]);
    });

  it('reads the same instant by the zone it is asked in', () => {
    const at = new Date('2027-01-01T00:30:00Z');

    expect([calendarDay(at, zone), calendarDay(at, 'America/New_York')]).to.deep.equal(['2027-01-01', '2026-12-31']);
  });

  it('writes days and times as the language does', () => {
    const session = {
      startsAt: new Date('2027-03-09T08:00:00Z'),
      endsAt: new Date('2027-03-09T15:30:00Z'),
      timeZone: zone,
    };

    expect(dayOf(session.startsAt, zone, 'de')).to.equal('Dienstag, 9. März 2027');
    expect(dayOf(session.startsAt, zone, 'en')).to.equal('Tuesday, 9 March 2027');
    expect([timeSpan(session, 'de'), timeSpan(session, 'en')]).to.deep.equal(['09:00–16:30 Uhr', '09:00–16:30']);
    expect(momentOf(session.startsAt, zone, 'de')).to.equal('Dienstag, 9. März 2027, 09:00 Uhr');
  });

  it('names the second day of a session that ends on another', () => {
    const session = {
      startsAt: new Date('2027-03-09T18:00:00Z'),
      endsAt: new Date('2027-03-10T08:00:00Z'),
      timeZone: zone,
    };

    expect(timeSpan(session, 'de')).to.equal('19:00 Uhr – Mittwoch, 10. März 2027, 09:00 Uhr');
  });
});
