import { expect } from 'chai';
import {
  replaceSchoolHolidays,
  schoolHolidaysBetween,
  importedSchoolYears,
} from '../../../server/modules/holidays/index.ts';
import { aCoordinator, aNetworkCoordinator, type Signed } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

/* Visibly invented. */
const autumn = { name: 'Amselferien', firstOn: '2071-10-05', lastOn: '2071-10-17' };
const winter = { name: 'Möwenferien', firstOn: '2071-12-22', lastOn: '2072-01-06' };
const nextAutumn = { name: 'Amselferien', firstOn: '2072-10-03', lastOn: '2072-10-15' };

describe('replaceSchoolHolidays', () => {
  let network: Signed;
  beforeEach(async () => {
    await freshDatabase();
    network = await aNetworkCoordinator();
    const periods = [winter, autumn, nextAutumn];
    await replaceSchoolHolidays(network.actor, { land: 'NI', schoolYears: ['2071/72', '2072/73'], periods });
  });

  it('finds the periods that touch a span of days, in the order of time', async () => {
    expect(await schoolHolidaysBetween('NI', '2071-10-17', '2071-12-22')).to.deep.equal([autumn, winter]);
    expect(await schoolHolidaysBetween('NI', '2071-10-18', '2071-12-21')).to.deep.equal([]);
    expect(await schoolHolidaysBetween('BY', '2071-01-01', '2073-01-01')).to.deep.equal([]);
  });

  it('replaces the years it names, and leaves every other year and Land alone', async () => {
    await replaceSchoolHolidays(network.actor, { land: 'BY', schoolYears: ['2071/72'], periods: [autumn] });
    await replaceSchoolHolidays(network.actor, {
      land: 'NI',
      schoolYears: ['2071/72'],
      periods: [{ ...autumn, lastOn: '2071-10-20' }, nextAutumn],
    });

    expect(
      (await importedSchoolYears()).map(({ land, schoolYear, periods }) => [land, schoolYear, periods]),
    ).to.deep.equal([
      ['BY', '2071/72', [autumn]],
      ['NI', '2071/72', [{ ...autumn, lastOn: '2071-10-20' }]],
      ['NI', '2072/73', [nextAutumn]],
    ]);
  });

  it('saves nothing at all when one of the years has no period', async () => {
    const wrong = { land: 'NI' as const, schoolYears: ['2071/72', '2079/80'], periods: [{ ...autumn, name: 'Neu' }] };
    const refusal = await replaceSchoolHolidays(network.actor, wrong).catch((error: unknown) => error);

    expect(refusal).to.have.property('code', 'no-period-of-year');
    expect(await schoolHolidaysBetween('NI', '2071-10-05', '2071-10-05')).to.deep.equal([autumn]);
  });

  it('is for those who coordinate the network', async () => {
    const { actor } = await aCoordinator();
    const refusal = await replaceSchoolHolidays(actor, {
      land: 'NI',
      schoolYears: ['2071/72'],
      periods: [autumn],
    }).catch((error: unknown) => error);

    expect(refusal).to.have.property('code', 'not-allowed');
  });
});
