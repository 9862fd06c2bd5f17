import { expect } from 'chai';
import { DateTime } from 'luxon';
import { afterOfficeTime } from '../../../server/modules/booking/office-hours.rules.ts';

const timeZone = 'Europe/Berlin';
/** Ascension Day. */
const office = { timeZone, holidays: new Set(['2027-05-06']) };
const at = (text: string) => DateTime.fromISO(text, { zone: timeZone }).toJSDate();
const written = (date: Date) => DateTime.fromJSDate(date, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");

describe('afterOfficeTime', () => {
  for (const [what, from, hours, expected] of [
    ['counts on within the day', '2027-05-03T09:00', 4, '2027-05-03T13:00:00'],
    ['ends a day at six to the second', '2027-05-03T08:00', 10, '2027-05-03T18:00:00'],
    ['goes on at eight the next morning', '2027-05-03T17:00', 2, '2027-05-04T09:00:00'],
    ['begins at eight, however early it is', '2027-05-03T03:12', 1, '2027-05-03T09:00:00'],
    ['begins the next morning at six sharp', '2027-05-03T18:00', 1, '2027-05-04T09:00:00'],
    ['leaves out the weekend', '2027-05-07T17:30', 1, '2027-05-10T08:30:00'],
    ['leaves out a Saturday it began on', '2027-05-08T11:00', 3, '2027-05-10T11:00:00'],
    ['leaves out a public holiday', '2027-05-05T12:00', 10, '2027-05-07T12:00:00'],
    ['leaves out holiday and weekend in a row', '2027-05-05T17:00', 12, '2027-05-10T09:00:00'],
    ['rounds up to the full minute', '2027-05-03T09:00:01', 1, '2027-05-03T10:01:00'],
    ['keeps the clock of the place over the change to summer time', '2027-03-26T17:00', 2, '2027-03-29T09:00:00'],
    ['keeps it over the change to winter time', '2027-10-29T17:00', 2, '2027-11-01T09:00:00'],
    ['counts several weeks', '2027-05-10T08:00', 100, '2027-05-21T18:00:00'],
  ] as const)
    it(what, () => {
      expect(written(afterOfficeTime(at(from), hours * 60, office))).to.equal(expected);
    });

  it('counts a holiday only where it is one', () => {
    const elsewhere = { timeZone, holidays: new Set<string>() };

    expect(written(afterOfficeTime(at('2027-05-05T12:00'), 600, elsewhere))).to.equal('2027-05-06T12:00:00');
  });
});
