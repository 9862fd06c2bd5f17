import { expect } from 'chai';
import { lands, publicHolidaysBetween, type Land } from '../../../server/modules/holidays/index.ts';

const years = [2024, 2025, 2026, 2027, 2028, 2029, 2030];
const everywhere = ['01-01', '05-01', '10-03', '12-25', '12-26'];
const movingEverywhere = [-2, 1, 39, 50];

/** What the law of each Land adds to the nine days of all: fixed days, and days counted from Easter Sunday. */
const additions: Record<Land, { fixed?: string[]; moving?: number[]; wednesdayOfPenance?: true }> = {
  BW: { fixed: ['01-06', '11-01'], moving: [60] },
  BY: { fixed: ['01-06', '11-01'], moving: [60] },
  BE: { fixed: ['03-08'] },
  BB: { fixed: ['10-31'], moving: [0, 49] },
  HB: { fixed: ['10-31'] },
  HH: { fixed: ['10-31'] },
  HE: { moving: [60] },
  MV: { fixed: ['03-08', '10-31'] },
  NI: { fixed: ['10-31'] },
  NW: { fixed: ['11-01'], moving: [60] },
  RP: { fixed: ['11-01'], moving: [60] },
  SL: { fixed: ['08-15', '11-01'], moving: [60] },
  SN: { fixed: ['10-31'], wednesdayOfPenance: true },
  ST: { fixed: ['01-06', '10-31'] },
  SH: { fixed: ['10-31'] },
  TH: { fixed: ['09-20', '10-31'] },
};
/** Days that one law made holidays once. */
const once: Partial<Record<Land, Record<number, string[]>>> = {
  BE: { 2025: ['2025-05-08'], 2028: ['2028-06-17'] },
};

describe('publicHolidaysBetween', () => {
  for (const land of lands)
    it(`knows the days of ${land} from ${years[0]} to ${years.at(-1)}, as its law counts them`, async () => {
      for (const year of years) {
        const found = await publicHolidaysBetween(land, `${year}-01-01`, `${year}-12-31`);

        expect(
          found.map(({ on }) => on),
          `${land} ${year}`,
        ).to.deep.equal(byLaw(land, year));
      }
    });

  it('names each day in both languages', async () => {
    const [found] = await publicHolidaysBetween('NI', '2027-05-06', '2027-05-06');

    expect(found).to.deep.equal({ on: '2027-05-06', name: { de: 'Christi Himmelfahrt', en: 'Ascension Day' } });
  });

  it('includes both ends, crosses the year in the order of time, and finds nothing in an empty span', async () => {
    const turn = await publicHolidaysBetween('NI', '2026-12-26', '2027-01-01');
    const between = await publicHolidaysBetween('NI', '2026-12-27', '2026-12-31');
    const backwards = await publicHolidaysBetween('NI', '2027-01-01', '2026-12-26');

    expect(turn.map(({ on }) => on)).to.deep.equal(['2026-12-26', '2027-01-01']);
    expect([between, backwards]).to.deep.equal([[], []]);
  });
});

function byLaw(land: Land, year: number): string[] {
  const { fixed = [], moving = [], wednesdayOfPenance } = additions[land];
  const days = [
    ...[...everywhere, ...fixed].map((day) => `${year}-${day}`),
    ...[...movingEverywhere, ...moving].map((offset) => dayFrom(easterOf(year), offset)),
    ...(wednesdayOfPenance ? [penanceOf(year)] : []),
    ...(once[land]?.[year] ?? []),
  ];
  return days.toSorted();
}

/** Gauss's rule with Lichtenberg's supplement: the day of March on which Easter Sunday falls. */
function easterOf(year: number): Date {
  const century = Math.floor(year / 100);
  const moon = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const sun = 2 - Math.floor((3 * century + 3) / 4);
  const golden = year % 19;
  const seed = (19 * golden + moon) % 30;
  const correction = Math.floor((seed + Math.floor(golden / 11)) / 29);
  const fullMoon = 21 + seed - correction;
  const firstSunday = 7 - ((year + Math.floor(year / 4) + sun) % 7);
  return new Date(Date.UTC(year, 2, fullMoon + 7 - ((fullMoon - firstSunday) % 7)));
}

/** The Wednesday before 23 November. */
function penanceOf(year: number): string {
  const last = new Date(Date.UTC(year, 10, 22));
  return dayFrom(last, -((last.getUTCDay() + 4) % 7));
}

function dayFrom(date: Date, days: number): string {
  return new Date(date.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
