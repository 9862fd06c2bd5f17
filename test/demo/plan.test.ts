import { expect } from 'chai';
import { DateTime } from 'luxon';
import { sessionsOf } from '../../server/demo/plan.ts';
import { programme } from '../../server/demo/programme.ts';
import { clockChangeAfter, demoZone, workingDayFrom } from '../../server/demo/working-days.ts';

const runs = programme.flatMap((offer) => offer.runs.map((run) => ({ run, offer })));
const acrossClockChange = runs.filter(({ run }) => typeof run.in === 'object');

describe('the plan of the demo', () => {
  // Around Christmas, Easter, Whitsun, both clock changes, the autumn holidays, and 29 February.
  const todays = ['2026-11-23', '2026-12-19', '2027-03-12', '2027-05-03', '2027-08-30', '2027-10-25', '2028-02-29'];

  for (const today of todays.map((day) => DateTime.fromISO(day, { zone: demoZone }))) {
    it(`fits on ${today.toISODate()}: no session on a Sunday or holiday, none in the night, none twice a day`, () => {
      for (const { run } of runs) {
        const starts = sessionsOf(run, today, [], []).map(({ startsAt }) =>
          DateTime.fromJSDate(startsAt, { zone: demoZone }),
        );

        expect(new Set(starts.map((start) => start.toISODate())).size).to.equal(starts.length);
        for (const start of starts) {
          expect(start.hour).to.be.within(8, 18);
          expect(start.weekday).to.be.lessThan(run.onSaturday ? 7 : 6);
          if (!run.onSaturday) expect(workingDayFrom(start.startOf('day')).toISODate()).to.equal(start.toISODate());
        }
      }
    });

    it(`keeps nine o'clock across the clock change, seen from ${today.toISODate()}`, () => {
      expect(acrossClockChange).to.have.lengthOf(1);
      for (const { run } of acrossClockChange) {
        const starts = sessionsOf(run, today, [], []).map(({ startsAt }) =>
          DateTime.fromJSDate(startsAt, { zone: demoZone }),
        );

        expect(starts).to.have.lengthOf(6);
        expect(starts[0] && starts[0] > today).to.equal(true);
        expect(new Set(starts.map(({ offset }) => offset)).size).to.equal(2);
        expect(new Set(starts.map(({ hour }) => hour))).to.deep.equal(new Set([9]));
        expect(starts.at(-1)?.diff(starts[0] ?? today, 'months').months).to.be.within(2.7, 3.7);
      }
    });
  }

  it('knows the holidays of Lower Saxony', () => {
    const holidays = [
      ['2026-10-31', '2026-11-02'], // Reformation Day, a Saturday.
      ['2027-03-26', '2027-03-30'], // Good Friday to Easter Monday.
      ['2027-05-06', '2027-05-07'], // Ascension Day.
      ['2027-05-17', '2027-05-18'], // Whit Monday.
      ['2027-12-24', '2028-01-03'], // Between the years.
      ['2028-10-03', '2028-10-04'], // German Unity Day.
      ['2027-05-27', '2027-05-27'], // Corpus Christi is a working day there.
    ];

    for (const [day, next] of holidays)
      expect(workingDayFrom(DateTime.fromISO(day ?? '', { zone: demoZone })).toISODate()).to.equal(next);
  });

  it('finds the next clock change', () => {
    const changes = [
      ['2026-11-23', '2027-03-29'],
      ['2027-03-29', '2027-11-01'],
    ];

    for (const [day, next] of changes)
      expect(clockChangeAfter(DateTime.fromISO(day ?? '', { zone: demoZone }), 0).toISODate()).to.equal(next);
  });
});
