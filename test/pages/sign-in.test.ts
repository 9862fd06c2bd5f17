import { expect } from 'chai';
import { markDemo } from '../../server/modules/auth/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { localPath } from '../../server/pages/sign-in-next.ts';
import { aCoordinator, aTrainer, type Signed } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { testConfig, Visitor } from '../support/page.ts';
import { askForCode, codeOf, signedIn } from '../support/signed-in.ts';

describe('signing in', () => {
  let amsel: Signed;
  beforeEach(async () => {
    await freshDatabase();
    amsel = await aCoordinator();
  });

  it('asks for the address, then for the code, and leads a coordinator to the desk', async () => {
    const visitor = new Visitor();
    const page = await visitor.open('/sign-in');
    const id = await askForCode(visitor, amsel.person.email);
    const second = await visitor.open('/sign-in/code');
    const desk = await visitor.submit(second, 'Anmelden', { 'Code aus der E-Mail': await codeOf(id) });

    expect(page.heading).to.equal('Anmelden');
    expect(second.heading).to.equal('Code eingeben');
    expect(second.headers['cache-control']).to.equal('no-store');
    expect([desk.path, desk.heading]).to.deep.equal(['/desk', 'Planung']);
  });

  it('leads a trainer to the own sessions', async () => {
    const visitor = await signedIn(await aTrainer());

    expect((await visitor.open('/sign-in')).path).to.equal('/trainer');
  });

  it('takes digits on a numeric keyboard, pasted with blanks or filled in from the mail', async () => {
    const visitor = new Visitor();
    const code = await codeOf(await askForCode(visitor, amsel.person.email));
    const page = await visitor.open('/sign-in/code');
    const field = page.field('Code aus der E-Mail');

    expect(field.getAttribute('autocomplete')).to.equal('one-time-code');
    expect(field.getAttribute('inputmode')).to.equal('numeric');
    expect(field.getAttribute('maxlength')).to.equal(null);
    const desk = await visitor.submit(page, 'Anmelden', {
      'Code aus der E-Mail': ` ${code.slice(0, 3)} ${code.slice(3)} `,
    });
    expect(desk.path).to.equal('/desk');
  });

  it('gives an unknown address the same answer in the same words', async () => {
    const [known, unknown] = [new Visitor(), new Visitor()];
    const first = await known.post('/sign-in', { email: amsel.person.email });
    const second = await unknown.post('/sign-in', { email: 'niemand@example.org' });
    const wrong = await known.post('/sign-in/code', { code: '000000' });
    const alsoWrong = await unknown.post('/sign-in/code', { code: '000000' });

    expect([first.path, second.path]).to.deep.equal(['/sign-in/code', '/sign-in/code']);
    expect(second.says).to.equal(first.says);
    expect([alsoWrong.status, alsoWrong.says]).to.deep.equal([wrong.status, wrong.says]);
  });

  it('sends the form back with what was typed when the address is none', async () => {
    const page = await new Visitor().post('/sign-in', { email: 'amsel@' });

    expect(page.status).to.equal(422);
    expect(page.field('Ihre E-Mail-Adresse').value).to.equal('amsel@');
    expect(page.mistakes).to.have.lengthOf(1);
  });

  it('keeps what is typed inert', async () => {
    const page = await new Visitor().post('/sign-in', { email: '"><script>alert(1)</script>' });

    expect(page.document.querySelectorAll('main script')).to.have.lengthOf(0);
    expect(page.field('Ihre E-Mail-Adresse').value).to.equal('"><script>alert(1)</script>');
  });

  describe('the code', () => {
    it('is wrong five times and then worth nothing, also the right one', async () => {
      const visitor = new Visitor();
      const code = await codeOf(await askForCode(visitor, amsel.person.email));
      const wrong = code === '123456' ? '654321' : '123456';
      for (let tries = 0; tries < 5; tries++) {
        const page = await visitor.post('/sign-in/code', { code: wrong });
        expect([page.status, page.mistakes]).to.deep.equal([422, ['Der Code stimmt nicht. Bitte prüfen Sie ihn.']]);
      }

      const page = await visitor.post('/sign-in/code', { code });
      expect(page.says).to.contain('Der Code ist abgelaufen');
      expect((await visitor.open('/desk')).path).to.contain('/sign-in');
    });

    it('lasts fifteen minutes and no second longer', async () => {
      const visitor = new Visitor();
      const code = await codeOf(await askForCode(visitor, amsel.person.email));
      const restore = setClock(() => new Date(Date.now() + 15 * 60_000 + 1000));
      const page = await visitor.post('/sign-in/code', { code });
      restore();

      expect([page.status, page.path]).to.deep.equal([422, '/sign-in/code']);
      expect(page.getByRole('link', { name: 'Neuen Code anfordern' }).getAttribute('href')).to.equal('/sign-in');
    });

    it('opens one door once: another browser that has the code and the cookie finds it used', async () => {
      const visitor = new Visitor();
      const asked = await visitor.agent.post('/sign-in').type('form').send({ email: amsel.person.email });
      const cookie = String(asked.headers['set-cookie']).split(';')[0] ?? '';
      const code = await codeOf(/=([0-9a-f]{24})/.exec(cookie)?.[1] ?? '');
      await visitor.post('/sign-in/code', { code });

      const thief = await new Visitor().agent.post('/sign-in/code').set('Cookie', cookie).type('form').send({ code });
      expect(thief.status).to.equal(422);
      expect(thief.text).to.contain('Der Code ist abgelaufen');
    });

    it('is tried by nobody who did not ask for it, even when the sign-in is known', async () => {
      const id = await askForCode(new Visitor(), amsel.person.email);
      const code = await codeOf(id);
      const thief = await new Visitor().agent
        .post('/sign-in/code')
        .set('Cookie', `mosaik-sign-in=${id}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`)
        .type('form')
        .send({ code });

      expect(thief.status).to.equal(422);
      expect(thief.headers['set-cookie']).to.equal(undefined);
    });

    it('is asked for five times an hour and tried five times each: of 10,000 tries 25 count', async () => {
      const visitors = Array.from({ length: 7 }, () => new Visitor());
      const asked = [];
      for (const visitor of visitors) asked.push(await visitor.post('/sign-in', { email: amsel.person.email }));
      const counted = [];
      for (const visitor of visitors)
        for (let tries = 0; tries < 7; tries++)
          counted.push(
            (await visitor.post('/sign-in/code', { code: String(100_000 + tries) })).says.includes('stimmt nicht'),
          );

      expect(asked.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200, 429, 429]);
      expect(asked.at(-1)?.field('Ihre E-Mail-Adresse').value).to.equal(amsel.person.email);
      expect(counted.filter(Boolean)).to.have.lengthOf(25);
    });

    it('is shown on the page only in the demo, and only at this machine', async () => {
      const real = new Visitor();
      const hidden = await real.post('/sign-in', { email: amsel.person.email });
      await markDemo();
      const visitor = new Visitor();
      const code = await codeOf(await askForCode(visitor, amsel.person.email));
      const shown = await visitor.open('/sign-in/code');
      const proxied = await visitor.open('/sign-in/code', { 'X-Forwarded-For': '203.0.113.7' });

      const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
      expect(hidden.says).not.to.contain('Ihr Code');
      expect(shown.says).to.contain(`Ihr Code: ${spaced}`);
      expect(proxied.says).not.to.contain(spaced);
    });
  });

  it('names the people of the demo where the data are one, and nobody elsewhere', async () => {
    const before = await new Visitor().open('/sign-in');
    await markDemo();
    const after = await new Visitor().open('/sign-in');
    const proxied = await new Visitor().open('/sign-in', { 'X-Forwarded-For': '203.0.113.7' });

    expect(before.says).not.to.contain('Rotkehlchen');
    expect(after.says).to.contain('Rotkehlchen Beispiel');
    expect(proxied.says).not.to.contain('Rotkehlchen');
  });

  it('gives a new session id: the one that the browser had before opens nothing any more', async () => {
    const visitor = new Visitor();
    const planted = sessionIn(await signInAnswer(visitor, await aTrainer()));
    const page = await visitor.open('/trainer');
    const token = page.document.querySelector('input[name=_token]')?.getAttribute('value') ?? '';
    const fresh = sessionIn(await signInAnswer(visitor, amsel, token));

    expect(planted).to.match(/^mosaik=./);
    expect(fresh).to.match(/^mosaik=./);
    expect(fresh).not.to.equal(planted);
    expect((await new Visitor().agent.get('/trainer').set('Cookie', planted)).status).to.equal(303);
    expect((await new Visitor().agent.get('/desk').set('Cookie', fresh)).status).to.equal(200);
  });

  it('forgets the session on signing out, and a copy of its cookie opens nothing', async () => {
    const visitor = new Visitor();
    const cookie = sessionIn(await signInAnswer(visitor, amsel));
    const desk = await visitor.open('/desk');
    await visitor.submit(desk, 'Abmelden');

    expect((await visitor.open('/desk')).path).to.equal('/sign-in?next=%2Fdesk');
    const copy = await new Visitor().agent.get('/desk').set('Cookie', cookie);
    expect(copy.status).to.equal(303);
  });

  it('refuses a form that another site sends', async () => {
    const page = await new Visitor().post(
      '/sign-in',
      { email: amsel.person.email },
      { 'Sec-Fetch-Site': 'cross-site' },
    );

    expect(page.status).to.equal(403);
  });

  it('marks its cookies as its own, and as secure where the address is https', async () => {
    const visitor = new Visitor({ config: testConfig({ baseUrl: 'https://mosaik.example.org' }) });
    const response = await visitor.agent.post('/sign-in').type('form').send({ email: amsel.person.email });

    expect(String(response.headers['set-cookie'])).to.match(
      /^__Secure-mosaik-sign-in=.*HttpOnly; Secure; SameSite=Lax/,
    );
  });

  describe('afterwards', () => {
    it('goes back to the page that was asked for', async () => {
      const visitor = new Visitor();
      const asked = await visitor.open('/desk/seminars?lang=de');
      const second = await visitor.submit(asked, 'Code schicken', { 'Ihre E-Mail-Adresse': amsel.person.email });
      const id = await askForCode(visitor, amsel.person.email);
      const page = await visitor.submit(second, 'Anmelden', { 'Code aus der E-Mail': await codeOf(id) });

      expect([page.path, page.heading]).to.deep.equal(['/desk/seminars?lang=de', 'Seminare']);
    });

    it('never goes elsewhere', () => {
      const elsewhere = [
        '//evil.example',
        '/\\evil.example',
        'https://evil.example/',
        'javascript:alert(1)',
        '/\t/evil.example',
        '/%0d%0aSet-Cookie:a=b\r\n',
        '/./\\evil.example',
        '/..//evil.example',
        '/sign-out',
        '/sign-in/code',
        ['/desk'],
        '',
        undefined,
      ];

      expect(elsewhere.map(localPath)).to.deep.equal(elsewhere.map(() => undefined));
      expect(localPath('/desk/runs/1?notice=x')).to.equal('/desk/runs/1?notice=x');
    });
  });
});

/** The cookies of the answer to the right code. */
async function signInAnswer(visitor: Visitor, { person }: Signed, token = ''): Promise<string> {
  const id = await askForCode(visitor, person.email, token);
  const fields = { code: await codeOf(id), _token: token };
  const response = await visitor.agent.post('/sign-in/code').type('form').send(fields);
  return String(response.headers['set-cookie']);
}

function sessionIn(cookies: string): string {
  return /mosaik=[^;,]+/.exec(cookies)?.[0] ?? '';
}
