import { expect } from 'chai';
import { freshDatabase } from '../support/hooks.ts';
import { testConfig, Visitor } from '../support/page.ts';

describe('every page', () => {
  beforeEach(freshDatabase);

  it('is German unless the visitor asks for English', async () => {
    const german = await new Visitor().open('/');
    const english = await new Visitor().open('/', { 'Accept-Language': 'en-GB,en;q=0.8,de;q=0.5' });

    expect(german.document.documentElement.lang).to.equal('de');
    expect(english.document.documentElement.lang).to.equal('en');
    expect(german.headers['vary']).to.include('Accept-Language');
  });

  it('keeps the language that was chosen, whatever the browser says', async () => {
    const visitor = new Visitor();

    await visitor.open('/?lang=en');
    const later = await visitor.open('/', { 'Accept-Language': 'de' });

    expect(later.document.documentElement.lang).to.equal('en');
    expect(later.getByRole('link', { name: 'Deutsch' }).getAttribute('href')).to.equal('/?lang=de');
  });

  it('begins with a way past the header, and has one heading of the first order', async () => {
    const page = await new Visitor().open('/');

    expect(page.document.body.querySelector('a')?.getAttribute('href')).to.equal('#content');
    expect(page.document.querySelector('#content')?.tagName).to.equal('MAIN');
    expect(page.getAllByRole('heading', { level: 1 })).to.have.lengthOf(1);
  });

  it('allows nothing from elsewhere and no inline code', async () => {
    const page = await new Visitor().open('/');
    const policy = page.headers['content-security-policy'] ?? '';

    expect(policy).to.include("default-src 'self'").and.to.include("frame-ancestors 'none'");
    expect(policy).not.to.include('unsafe');
    expect(page.headers['referrer-policy']).to.equal('no-referrer');
    expect(page.html).not.to.match(/<script|style=|\son[a-z]+=/);
  });

  it('asks for https for a year in production only', async () => {
    const production = testConfig({ production: true, baseUrl: 'https://mosaik.example.org' });

    const there = await new Visitor({ config: production }).open('/');
    const here = await new Visitor().open('/');

    expect(there.headers['strict-transport-security']).to.equal('max-age=31536000; includeSubDomains');
    expect(here.headers).not.to.have.property('strict-transport-security');
  });

  it('gives a visitor who did nothing no cookie', async () => {
    const page = await new Visitor().open('/');

    expect(page.headers).not.to.have.property('set-cookie');
  });

  it('names its style sheets by their content, and lets them be kept for ever', async () => {
    const visitor = new Visitor();
    const page = await visitor.open('/');
    const sheets = [...page.document.querySelectorAll('link[rel=stylesheet]')].map(
      (link) => link.getAttribute('href') ?? '',
    );

    expect(sheets).to.have.lengthOf(2);
    for (const sheet of sheets) {
      const answer = await visitor.agent.get(sheet);
      expect(answer.status, sheet).to.equal(200);
      expect(answer.headers['cache-control']).to.equal('public, max-age=31536000, immutable');
    }
  });

  it('serves style sheets, and nothing that lies beside them', async () => {
    const visitor = new Visitor();
    const page = await visitor.open('/');
    const folder = page.document
      .querySelector('link[href$="kern.min.css"]')
      ?.getAttribute('href')
      ?.replace('/kern.min.css', '');

    const script = await visitor.agent.get(`${folder}/js/kern-kopfzeile.js`);
    const outside = await visitor.agent.get(`${folder}/..%2f..%2fpackage.json`);

    expect([script.status, outside.status]).to.deep.equal([404, 404]);
  });

  it('says in plain words that there is no such page', async () => {
    const page = await new Visitor().open('/nothing/here');

    expect(page.status).to.equal(404);
    expect(page.heading).to.equal('Diese Seite gibt es nicht');
    expect(page.getByRole('link', { name: 'Zu allen Seminaren' }).getAttribute('href')).to.equal('/');
  });

  it('answers a damaged address with a page and not with an error of ours', async () => {
    for (const address of ['/runs/%E0%A4%A', '/?text=a&text=b', '/?__proto__=1', '/?constructor=1', '/?text=a%00b']) {
      const page = await new Visitor().open(address);

      expect(page.status, address).to.equal(400);
      expect(page.heading).to.equal('Diese Anfrage verstehen wir nicht');
    }
    expect(Object.prototype).not.to.have.property('1');
  });

  it('answers too much of a form with a sentence', async () => {
    const page = await new Visitor().post('/nothing', { text: 'x'.repeat(200_000) });

    expect(page.status).to.equal(413);
    expect(page.heading).to.equal('Das ist zu viel auf einmal');
  });

  it('believes no Host and no forwarded host', async () => {
    const page = await new Visitor().open('/?text=a', {
      Host: 'evil.example.com',
      'X-Forwarded-Host': 'evil.example.com',
      'X-Forwarded-Proto': 'https',
    });

    expect(page.html).not.to.include('evil.example');
  });
});

describe('a form from another site', () => {
  beforeEach(freshDatabase);

  for (const headers of asHeaders([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example.com' },
    { Origin: 'null' },
    { Origin: 'http://evil.example.com', Host: 'evil.example.com' },
  ]))
    it(`is refused: ${JSON.stringify(headers)}`, async () => {
      const page = await new Visitor().post('/runs/6b03bd6ac7da2cec56644ed6/bookings', {}, headers);

      expect(page.status).to.equal(403);
      expect(page.heading).to.equal('Dieses Formular kam nicht von uns');
    });

  for (const headers of asHeaders([
    { 'Sec-Fetch-Site': 'same-origin' },
    { Origin: 'http://localhost:3000' },
    { Origin: 'http://127.0.0.1:4000', Host: '127.0.0.1:4000' },
  ]))
    it(`is told from one of ours: ${JSON.stringify(headers)}`, async () => {
      const page = await new Visitor().post('/runs/6b03bd6ac7da2cec56644ed6/bookings', {}, headers);

      expect(page.status).to.equal(404);
    });
});

describe('the limit by address', () => {
  beforeEach(freshDatabase);

  it('stops one address that floods, whatever it says it is, and no other', async () => {
    const visitor = new Visitor({ addressLimit: 2, trustedProxies: 1 });
    const from = (address: string) => visitor.open('/', { 'X-Forwarded-For': address });

    const answers = [
      await from('192.0.2.1'),
      await from('198.51.100.9, 192.0.2.1'),
      await from('198.51.100.8, 192.0.2.1'),
    ];
    const other = await from('192.0.2.2');

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 429]);
    expect(answers[2]?.headers['retry-after']).to.equal('60');
    expect(other.status).to.equal(200);
  });
});

function asHeaders(headers: Record<string, string>[]): Record<string, string>[] {
  return headers;
}
