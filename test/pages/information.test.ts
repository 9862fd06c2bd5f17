import { expect } from 'chai';
import { freshDatabase } from '../support/hooks.ts';
import { testConfig, Visitor } from '../support/page.ts';

describe('the pages of information', () => {
  beforeEach(freshDatabase);

  for (const [path, heading] of [
    ['/imprint', 'Impressum'],
    ['/privacy', 'Datenschutz'],
    ['/accessibility', 'Barrierefreiheit'],
  ] as const)
    it(`has ${heading}, reachable from every page, with the operator's own address`, async () => {
      const config = testConfig({ mailFrom: { name: 'Koordinierungsstelle Probe', email: 'probe@example.org' } });
      const visitor = new Visitor({ config });
      const link = (await visitor.open('/')).getByRole('link', { name: heading });

      const page = await visitor.open(link.getAttribute('href') ?? '');

      expect([path, page.status, page.heading]).to.deep.equal([link.getAttribute('href'), 200, heading]);
      expect(page.queryByRole('link', { name: 'probe@example.org' })).not.to.equal(null);
    });
});
