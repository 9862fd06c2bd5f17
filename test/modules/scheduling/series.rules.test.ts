import { expect } from 'chai';
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  furtherDays,
  isTooLong,
  layOutSeries,
  modulesOver,
  notesOf,
  seriesLimits,
  shiftedDays,
  weekdays,
  type FreeDays,
  type SeriesRule,
} from '../../../server/modules/scheduling/series.rules.ts';

const times = { from: '09:00', until: '16:00', timeZone: 'Europe/Berlin' };
const nothingFree: FreeDays = { publicHolidays: [], schoolHolidays: [] };
/* Invented: a holiday of birds and their holidays. */
const birdDay = { on: '2071-03-17', name: { de: 'Tag der Vögel', en: 'Birds’ Day' } };
const birdWeeks = { name: 'Vogelferien', firstOn: '2071-03-30', lastOn: '2071-04-11' };
const free: FreeDays = { publicHolidays: [birdDay], schoolHolidays: [birdWeeks] };
const ordinary = { times, leaveOut: { publicHolidays: true, schoolHolidays: false }, makeUp: true };

describe('layOutSeries', () => {
  const rules: [string, SeriesRule, string[]][] = [
    ['every week', { pattern: 'weekly', startsOn: '2071-03-03', count: 3 }, ['2071-03-03', '2071-03-10', '2071-03-17']],
    [
      'every second week on two weekdays, from the middle of a week',
      { pattern: 'weekly', everyWeeks: 2, weekdays: ['TU', 'TH'], startsOn: '2071-03-05', count: 4 },
      ['2071-03-05', '2071-03-17', '2071-03-19', '2071-03-31'],
    ],
    [
      'on another weekday than the first day',
      { pattern: 'weekly', weekdays: ['MO'], startsOn: '2071-03-03', count: 2 },
      ['2071-03-09', '2071-03-16'],
    ],
    ['block days', { pattern: 'block', startsOn: '2071-03-05', count: 3 }, ['2071-03-05', '2071-03-06', '2071-03-07']],
    [
      'block days from Monday to Friday',
      { pattern: 'block', weekdays: ['MO', 'TU', 'WE', 'TH', 'FR'], startsOn: '2071-03-05', count: 3 },
      ['2071-03-05', '2071-03-06', '2071-03-09'],
    ],
    [
      'the second Tuesday of each month',
      { pattern: 'monthly', placeInMonth: '2', startsOn: '2071-03-03', count: 3 },
      ['2071-03-10', '2071-04-14', '2071-05-12'],
    ],
    [
      'the last Friday of each month',
      { pattern: 'monthly', placeInMonth: '-1', weekdays: ['FR'], startsOn: '2071-03-31', count: 2 },
      ['2071-04-24', '2071-05-29'],
    ],
    [
      'until a day that counts',
      { pattern: 'weekly', startsOn: '2071-03-03', lastOn: '2071-03-17' },
      ['2071-03-03', '2071-03-10', '2071-03-17'],
    ],
    [
      'until a day without any',
      { pattern: 'weekly', weekdays: ['MO'], startsOn: '2071-03-03', lastOn: '2071-03-05' },
      [],
    ],
  ];
  for (const [what, rule, days] of rules)
    it(`finds ${what}`, () => {
      expect(layOutSeries(rule, ordinary, nothingFree)).to.deep.equal({
        days: days.map((on) => ({ on, notes: [], taken: true })),
        wanted: days.length,
        missing: 0,
      });
    });

  const four: SeriesRule = { pattern: 'weekly', startsOn: '2071-03-10', count: 4 };

  it('leaves a public holiday out by its name and makes it up at the end', () => {
    const { days, missing } = layOutSeries(four, ordinary, { ...free, schoolHolidays: [] });

    expect(days.map(({ on, taken }) => [on, taken])).to.deep.equal([
      ['2071-03-10', true],
      ['2071-03-17', false],
      ['2071-03-24', true],
      ['2071-03-31', true],
      ['2071-04-07', true],
    ]);
    expect(days[1]?.notes).to.deep.equal([{ kind: 'public-holiday', name: birdDay.name }]);
    expect(missing).to.equal(0);
  });

  it('says how many are missing where nothing is made up', () => {
    const { days, wanted, missing } = layOutSeries(four, { ...ordinary, makeUp: false }, free);

    expect([days.length, wanted, missing]).to.deep.equal([4, 4, 1]);
  });

  it('marks school holidays, and leaves them out only when asked to', () => {
    const leaveOut = { publicHolidays: false, schoolHolidays: true };
    const marked = layOutSeries(four, ordinary, free).days.find(({ on }) => on === '2071-03-31');
    const left = layOutSeries(four, { ...ordinary, leaveOut }, free);

    expect(marked).to.deep.equal({
      on: '2071-03-31',
      notes: [{ kind: 'school-holidays', name: 'Vogelferien' }],
      taken: true,
    });
    expect(left.days.filter(({ taken }) => !taken).map(({ on }) => on)).to.deep.equal(['2071-03-31', '2071-04-07']);
    expect(left.days.find(({ on }) => on === '2071-03-17')?.taken).to.equal(true);
    expect(left.days.at(-1)?.on).to.equal('2071-04-14');
  });

  it('makes up beyond the last day as many as were left out before it', () => {
    const until = { pattern: 'weekly' as const, startsOn: '2071-03-10', lastOn: '2071-03-24' };
    const { days, wanted } = layOutSeries(until, ordinary, { ...free, schoolHolidays: [] });

    expect(wanted).to.equal(3);
    expect(days.at(-1)).to.deep.equal({ on: '2071-03-31', notes: [], taken: true });
  });

  it('looks no further ahead than three years, and says what is missing', () => {
    const monthly = { pattern: 'monthly' as const, startsOn: '2071-03-03', count: 50 };
    const { days, missing } = layOutSeries(monthly, ordinary, nothingFree);

    expect(days.at(-1)?.on.slice(0, 4)).to.equal('2074');
    expect(missing)
      .to.equal(50 - days.length)
      .and.to.be.greaterThan(0);
  });

  it('never holds a day it was told to leave out, and has all days or says how many are missing', () => {
    fc.assert(
      fc.property(
        aRule(),
        fc.array(aDay(), { maxLength: 12 }),
        fc.array(aDay(), { maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (rule, holidays, weeks, publicHolidays, schoolHolidays, makeUp) => {
          const freeDays = {
            publicHolidays: holidays.map((on) => ({ on, name: { de: on, en: on } })),
            schoolHolidays: weeks.map((firstOn) => ({ name: firstOn, firstOn, lastOn: plus(firstOn, 13) })),
          };
          const leaveOut = { publicHolidays, schoolHolidays };
          const { days, wanted, missing } = layOutSeries(rule, { times, leaveOut, makeUp }, freeDays);
          const kept = days.filter(({ taken }) => taken).map(({ on }) => on);

          if (publicHolidays) expect(kept.filter((on) => holidays.includes(on))).to.deep.equal([]);
          if (schoolHolidays)
            expect(kept.filter((on) => weeks.some((first) => first <= on && on <= plus(first, 13)))).to.deep.equal([]);
          expect(kept.length + missing).to.equal(wanted);
          expect(kept).to.deep.equal([...new Set(kept)].toSorted());
          expect(days.every(({ on }) => on >= rule.startsOn)).to.equal(true);
          if (makeUp && missing > 0)
            expect(
              days.length === seriesLimits.days ||
                plus(days.at(-1)?.on ?? rule.startsOn, 62) > plus(rule.startsOn, 3 * 365),
            ).to.equal(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('what a day meets', () => {
  /** Clock changes by EU Directive 2000/84: the last Sundays of March and October, at 01:00 UTC. */
  const changes: [string, string, string, string[]][] = [
    ['2026-03-29', '09:00', '16:00', ['clock-change']],
    ['2026-03-29', '02:30', '04:00', ['clock-change', 'skipped-time']],
    ['2026-03-29', '01:00', '02:30', ['clock-change', 'skipped-time']],
    ['2026-03-29', '01:59', '03:00', ['clock-change']],
    ['2026-10-25', '09:00', '16:00', ['clock-change']],
    ['2026-10-25', '02:30', '04:00', ['clock-change', 'repeated-time']],
    ['2026-10-25', '01:59', '03:00', ['clock-change']],
    ['2027-03-28', '02:30', '04:00', ['clock-change', 'skipped-time']],
    ['2027-03-28', '03:00', '04:00', ['clock-change']],
    ['2027-10-31', '02:30', '04:00', ['clock-change', 'repeated-time']],
    ['2027-10-31', '02:00', '02:59', ['clock-change', 'repeated-time']],
    ['2027-10-30', '02:30', '04:00', []],
    ['2027-11-01', '02:30', '04:00', []],
  ];
  for (const [on, from, until, kinds] of changes)
    it(`${on} from ${from} to ${until}: ${kinds.join(' and ') || 'nothing'}`, () => {
      const notes = notesOf(on, { from, until, timeZone: 'Europe/Berlin' }, nothingFree);

      expect(notes.map(({ kind }) => kind)).to.deep.equal(kinds);
    });

  it('asks the clock of the place: London changes at another hour, Istanbul not at all', () => {
    const kindsIn = (timeZone: string) =>
      notesOf('2027-03-28', { from: '01:30', until: '04:00', timeZone }, nothingFree).map(({ kind }) => kind);

    expect(kindsIn('Europe/London')).to.deep.equal(['clock-change', 'skipped-time']);
    expect(kindsIn('Europe/Berlin')).to.deep.equal(['clock-change']);
    expect(kindsIn('Europe/Istanbul')).to.deep.equal([]);
  });

  it('leaves out the day whose clock skips the time, and makes it up', () => {
    const rule = { pattern: 'weekly' as const, startsOn: '2027-03-21', count: 2 };
    const atNight = { ...ordinary, times: { ...times, from: '02:30', until: '04:00' } };

    expect(layOutSeries(rule, atNight, nothingFree).days.map(({ on, taken }) => [on, taken])).to.deep.equal([
      ['2027-03-21', true],
      ['2027-03-28', false],
      ['2027-04-04', true],
    ]);
  });
});

describe('the limits of a series', () => {
  const tooLong: [SeriesRule, boolean][] = [
    [{ pattern: 'weekly', startsOn: '2071-03-03', count: 60 }, false],
    [{ pattern: 'weekly', startsOn: '2071-03-03', count: 61 }, true],
    [{ pattern: 'block', startsOn: '2071-03-03', count: 10_000 }, true],
    [{ pattern: 'block', startsOn: '2071-03-03', lastOn: '2071-05-01' }, false],
    [{ pattern: 'block', startsOn: '2071-03-03', lastOn: '2071-05-02' }, true],
    [{ pattern: 'weekly', startsOn: '2071-03-03', lastOn: '2071-02-01' }, false],
  ];
  for (const [rule, expected] of tooLong)
    it(`${expected ? 'refuses' : 'allows'} ${rule.pattern} ${rule.count ?? rule.lastOn}`, () => {
      expect(isTooLong(rule)).to.equal(expected);
    });
});

describe('furtherDays', () => {
  it('goes on by the same rule behind a day, without what the series leaves out', () => {
    const rule = { pattern: 'weekly' as const, startsOn: '2071-03-03', count: 2 };
    const asked = { times, leaveOut: ordinary.leaveOut, after: '2071-03-10', count: 2 };

    expect(furtherDays(rule, asked, free)).to.deep.equal(['2071-03-24', '2071-03-31']);
  });
});

describe('modulesOver', () => {
  const tables: [number, number, number[]][] = [
    [4, 4, [0, 1, 2, 3]],
    [4, 8, [0, 0, 1, 1, 2, 2, 3, 3]],
    [4, 6, [0, 0, 1, 2, 2, 3]],
    [3, 2, [0, 1]],
    [1, 3, [0, 0, 0]],
  ];
  for (const [modules, sessions, expected] of tables)
    it(`lays ${modules} modules onto ${sessions} sessions in order`, () => {
      expect(modulesOver(modules, sessions)).to.deep.equal(expected);
    });
});

describe('shiftedDays', () => {
  it('keeps every weekday by weeks, on the new first day or right after it', () => {
    const days = ['2026-03-03', '2026-03-12', '2026-04-07'];

    expect(shiftedDays(days, '2027-03-01', 'weeks')).to.deep.equal(['2027-03-02', '2027-03-11', '2027-04-06']);
    expect(shiftedDays(days, '2027-03-02', 'weeks')[0]).to.equal('2027-03-02');
    expect(shiftedDays(days, '2027-03-03', 'weeks')[0]).to.equal('2027-03-09');
  });

  it('keeps every distance by days', () => {
    expect(shiftedDays(['2026-03-12', '2026-03-03'], '2027-03-01', 'days')).to.deep.equal(['2027-03-10', '2027-03-01']);
  });

  it('keeps weekdays and distances over every change of the clock', () => {
    fc.assert(
      fc.property(fc.array(aDay(), { minLength: 1, maxLength: 8 }), aDay(), (days, firstOn) => {
        const shifted = shiftedDays(days, firstOn, 'weeks');
        const weekday = (day: string) => DateTime.fromISO(day, { zone: 'UTC' }).weekday;

        expect(shifted.map(weekday)).to.deep.equal(days.map(weekday));
        const first = shifted.toSorted()[0] ?? '';
        expect(first >= firstOn && first < plus(firstOn, 7)).to.equal(true);
      }),
    );
  });
});

function aDay(): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max: 900 }).map((days) => plus('2026-01-01', days));
}

function aRule(): fc.Arbitrary<SeriesRule> {
  return fc.record(
    {
      pattern: fc.constantFrom('weekly' as const, 'block' as const, 'monthly' as const),
      startsOn: aDay(),
      everyWeeks: fc.integer({ min: 1, max: 6 }),
      weekdays: fc.subarray([...weekdays]),
      placeInMonth: fc.constantFrom('1' as const, '2' as const, '4' as const, '-1' as const),
      count: fc.integer({ min: 1, max: 40 }),
    },
    { requiredKeys: ['pattern', 'startsOn', 'count'] },
  );
}

function plus(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'UTC' }).plus({ days }).toFormat('yyyy-MM-dd');
}
