import { expect } from 'chai';
import { prepareDelivery } from '../../jobs/deliver-mail.ts';
import { startSignIn } from '../../server/modules/auth/index.ts';
import { bookPlaces, cancelBooking } from '../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../server/modules/history/index.ts';
import { holdMail, mailHold, type MailTransport } from '../../server/modules/mail/index.ts';
import { databaseClient } from '../../server/platform/database.ts';
import {
  aBooking,
  aCoordinator,
  aNetworkCoordinator,
  aProvider,
  aRun,
  aSeminar,
  type Signed,
} from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };
const nowhere = 'f'.repeat(24);
const gone = { name: 'Weg Probe', email: 'weg.probe@example.org' };
/** Where the mails of `gone` should have gone. */
const right = { name: 'Weg Probe', email: 'weg-probe@example.org' };
const here = { name: 'Da Probe', email: 'da.probe@example.org' };

/** A mail server that knows all addresses but some. */
class Post implements MailTransport {
  readonly sent: string[] = [];
  readonly calendars: string[] = [];
  readonly unknown = new Set<string>();

  async send({ to, subject, calendar }: Parameters<MailTransport['send']>[0]): ReturnType<MailTransport['send']> {
    if (calendar && calendar.method !== 'PUBLISH')
      this.calendars.push(`${calendar.method} ${/SEQUENCE:(\d+)/.exec(calendar.content)?.[1]}`);
    if (this.unknown.has(to.email)) return { kind: 'never', reason: '550 5.1.1 no such mailbox · EENVELOPE' };
    this.sent.push(`${to.email}: ${subject}`);
    return { kind: 'accepted' };
  }

  async close(): Promise<void> {}

  /** Sends what is due, as the sweep does. */
  deliver(): Promise<void> {
    return prepareDelivery(this, sender).sendDueMail(undefined);
  }

  to({ email }: { email: string }): number {
    return this.sent.filter((line) => line.startsWith(email)).length;
  }
}

describe('mail on the desk', () => {
  let post: Post;
  let amsel: Signed;
  let coordinator: Visitor;
  let network: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    post = new Post();
    amsel = await aCoordinator();
    coordinator = await signedIn(amsel);
    network = await signedIn(await aNetworkCoordinator());
    await post.deliver();
    post.sent.length = 0;
  });

  describe('that failed for good', () => {
    const label = 'Richtige E-Mail-Adresse';
    let runId: string;
    beforeEach(async () => {
      runId = (await aRun()).id;
      post.unknown.add(gone.email);
      await bookPlaces(anyone, { runId, booker: gone });
      await post.deliver();
    });

    it('is shown with whom it was for, what it was, and what the mail server said', async () => {
      const page = await coordinator.open('/desk/mail');

      expect(page.heading).to.equal('Post');
      expect(page.says)
        .to.contain('2 Mails kamen nicht an')
        .and.to.contain('Weg Probe')
        .and.to.contain(gone.email)
        .and.to.contain('Buchungsbestätigung')
        .and.to.contain('no such mailbox');
    });

    it('is sent again once the cause is mended, and pressing twice sends it once', async () => {
      post.unknown.clear();
      const page = await coordinator.open('/desk/mail');
      const [first] = page.getAllByRole('button', { name: 'Noch einmal senden' });
      const action = first?.closest('form')?.getAttribute('action') ?? '';
      const _token = page.document.querySelector<HTMLInputElement>('input[name=_token]')?.value ?? '';

      const done = await coordinator.post(action, { _token });
      await coordinator.post(action, { _token });
      await post.deliver();
      await coordinator.post(action, { _token });
      await post.deliver();

      expect(done.getByRole('status').textContent).to.contain('Die Mail wird noch einmal gesendet.');
      expect(post.to(gone)).to.equal(1);
      expect((await coordinator.open('/desk/mail')).says).to.contain('Eine Mail kam nicht an');
    });

    it('lets who plans correct the address, and brings what did not arrive there, into the calendar too', async () => {
      const list = await coordinator.open('/desk/mail');
      const links = list.getAllByRole('link', { name: 'Adresse berichtigen' });
      const path = links[0]?.getAttribute('href') ?? '';
      const form = await coordinator.open(path);
      const refused = await coordinator.submit(form, 'Berichtigen und noch einmal senden', { [label]: 'weg.probe' });
      const done = await coordinator.submit(refused, 'Berichtigen und noch einmal senden', { [label]: right.email });
      await post.deliver();
      const lost = await coordinator.open(path);

      expect(list.says).to.contain('Diese Adresse funktioniert nicht');
      expect(form.heading).to.equal('Adresse von Weg Probe berichtigen');
      expect(refused.status).to.equal(422);
      expect(done.says).to.contain('Die Adresse ist berichtigt').and.to.contain('Keine Mail hängt fest');
      expect(post.sent.filter((line) => line.startsWith(right.email))).to.have.lengthOf(2);
      expect(post.sent).to.have.lengthOf(2);
      expect(post.calendars).to.deep.equal(['REQUEST 0', 'REQUEST 0']);
      expect(lost.status).to.equal(404);
    });

    it('refuses an address under which the same person sits in the run already', async () => {
      await bookPlaces(anyone, { runId, booker: right });
      const list = await coordinator.open('/desk/mail');
      const path = list.getAllByRole('link', { name: 'Adresse berichtigen' })[0]?.getAttribute('href') ?? '';

      const refused = await coordinator.submit(await coordinator.open(path), 'Berichtigen und noch einmal senden', {
        [label]: right.email,
      });

      expect(refused.status).to.equal(409);
      expect(refused.getByRole('alert').textContent).to.contain('schon');
    });

    it('is let be, and is tried no more', async () => {
      post.unknown.clear();
      let page = await coordinator.open('/desk/mail');
      for (const button of page.getAllByRole('button', { name: 'Erledigt' })) {
        const _token = page.document.querySelector<HTMLInputElement>('input[name=_token]')?.value ?? '';
        page = await coordinator.post(button.closest('form')?.getAttribute('action') ?? '', { _token });
      }
      await post.deliver();

      expect(page.says).to.contain('Keine Mail hängt fest');
      expect(post.sent).to.deep.equal([]);
    });
  });

  it("shows nobody the mail of another provider's run, nor lets anybody touch it", async () => {
    await aProvider({ id: 'kargah' });
    const run = await aRun({ seminarId: await aSeminar({ provider: 'kargah' }) });
    post.unknown.add(gone.email);
    const booking = await bookPlaces(anyone, { runId: run.id, booker: gone });
    await post.deliver();
    const theirs = await network.open('/desk/mail');
    const action = theirs.getAllByRole('button', { name: 'Noch einmal senden' })[0]?.closest('form');
    const correction = theirs.getAllByRole('link', { name: 'Adresse berichtigen' })[0]?.getAttribute('href') ?? '';
    const own = await coordinator.open('/desk/mail');
    const _token = (await coordinator.open('/desk')).document.querySelector<HTMLInputElement>('[name=_token]')!.value;
    const answers = await Promise.all(
      [action?.getAttribute('action') ?? '', `/desk/mail/${nowhere}/again`, correction].map((path) =>
        coordinator.agent.post(path).type('form').send({ _token }),
      ),
    );
    const log = await coordinator.open(`/desk/bookings/${booking.id}/mails`);

    expect(theirs.says).to.contain('Weg Probe');
    expect(own.says).not.to.contain('Weg Probe');
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 303, 404]);
    expect(log.status).to.equal(404);
    expect(post.sent).to.deep.equal([]);
  });

  describe('says of each calendar', () => {
    const stateOf = async (bookingId: string) =>
      (await coordinator.open(`/desk/bookings/${bookingId}/mails`))
        .getAllByRole('listitem')
        .flatMap(
          (entry) => entry.querySelector('.calendar-proof__entry .kern-badge, .kern-badge')?.textContent ?? [],
        )[0];
    const again = (page: Page) => coordinator.submit(page, 'Jetzigen Stand noch einmal senden');

    it('what it was told last, with which version, and whether that is right', async () => {
      const { id } = await aRun();
      const booking = await bookPlaces(anyone, { runId: id, booker: here });
      const before = await stateOf(booking.id);
      await post.deliver();
      const page = await coordinator.open(`/desk/bookings/${booking.id}/mails`);
      await cancelBooking(systemActor, { bookingId: booking.id });
      const between = await stateOf(booking.id);
      await post.deliver();

      expect(before).to.equal('unterwegs');
      expect(page.says)
        .to.contain('richtig: steht im Kalender')
        .and.to.match(/Eingeladen am .*, Fassung 0\./);
      expect(between).to.equal('unterwegs');
      expect(await stateOf(booking.id)).to.equal('richtig: aus dem Kalender genommen');
    });

    it('that a mail about it failed', async () => {
      post.unknown.add(gone.email);
      const booking = await bookPlaces(anyone, { runId: (await aRun()).id, booker: gone });
      await post.deliver();

      expect(await stateOf(booking.id)).to.equal('nicht zugestellt');
    });

    it('the present state once more, as a later version; pressed twice at once, it goes out once', async () => {
      const booking = await bookPlaces(anyone, { runId: (await aRun()).id, booker: here });
      await post.deliver();
      const page = await coordinator.open(`/desk/bookings/${booking.id}/mails`);
      const done = await again(page);
      const second = await again(page);
      await post.deliver();
      await again(await coordinator.open(`/desk/bookings/${booking.id}/mails`));
      await post.deliver();

      expect(done.getByRole('status').textContent).to.contain('wird noch einmal gesendet');
      expect(second.getByRole('status').textContent).to.contain('schon eine Mail dazu unterwegs');
      expect(post.calendars).to.deep.equal(['REQUEST 0', 'REQUEST 1', 'REQUEST 2']);
    });

    it('once more that it is cancelled, to whoever still sees it', async () => {
      const booking = await bookPlaces(anyone, { runId: (await aRun()).id, booker: here });
      await post.deliver();
      await cancelBooking(systemActor, { bookingId: booking.id });
      await post.deliver();
      await again(await coordinator.open(`/desk/bookings/${booking.id}/mails`));
      await post.deliver();

      expect(post.calendars).to.deep.equal(['REQUEST 0', 'CANCEL 1', 'CANCEL 2']);
    });

    it("nothing to another provider's coordinator, who can send nothing either", async () => {
      await aProvider({ id: 'kargah' });
      const run = await aRun({ seminarId: await aSeminar({ provider: 'kargah' }) });
      const booking = await bookPlaces(anyone, { runId: run.id, booker: here });
      await post.deliver();
      const theirs = await network.open(`/desk/bookings/${booking.id}/mails`);
      const action = theirs.getByRole('button', { name: 'Jetzigen Stand noch einmal senden' }).closest('form');
      const _token = (await coordinator.open('/desk')).document.querySelector<HTMLInputElement>('[name=_token]')!.value;
      const { status } = await coordinator.agent
        .post(action?.getAttribute('action') ?? '')
        .type('form')
        .send({ _token });
      const nobody = `/desk/bookings/${booking.id}/mails/${nowhere}/again`;
      const unknown = await network.agent
        .post(nobody)
        .type('form')
        .send({ _token: theirs.document.querySelector<HTMLInputElement>('[name=_token]')!.value });
      await post.deliver();

      expect([status, unknown.status]).to.deep.equal([404, 404]);
      expect(post.calendars).to.deep.equal(['REQUEST 0']);
    });
  });

  it('asks whoever is not signed in to do so', async () => {
    for (const path of ['/desk/mail', `/desk/bookings/${nowhere}/mails`])
      expect((await new Visitor().agent.get(path)).status).to.equal(303);
  });

  describe('held back', () => {
    it('waits, all but the codes to sign in with, until it is released: nothing is lost, nothing comes twice', async () => {
      const { id } = await aRun();
      const page = await network.open('/desk/mail');
      const without = await network.submit(page, 'Alle Mails zurückhalten');
      const held = await network.submit(without, 'Alle Mails zurückhalten', { 'Warum?': 'Der Server wird umgezogen.' });
      await bookPlaces(anyone, { runId: id, booker: here });
      await startSignIn({ email: amsel.person.email });
      await post.deliver();
      const meanwhile = [...post.sent];
      await network.submit(await network.open('/desk/mail'), 'Wartende Mails jetzt senden');
      await post.deliver();
      await post.deliver();

      expect([without.status, without.mistakes]).to.deep.equal([422, ['Bitte füllen Sie dieses Feld aus.']]);
      expect(held.says).to.contain('Der Server wird umgezogen.').and.to.contain('Noch wartet keine Mail.');
      expect(meanwhile.map((line) => line.split(':')[0])).to.deep.equal([amsel.person.email]);
      expect(post.to(here)).to.equal(2);
      expect(await mailHold()).to.equal(undefined);
    });

    it('is thrown away where it was sent before, as after older data were restored', async () => {
      const { id } = await aRun();
      await holdMail(systemActor, 'Ein älterer Stand wurde eingespielt.');
      await bookPlaces(anyone, { runId: id, booker: gone });
      const page = await network.submit(
        await network.open('/desk/mail'),
        'Wartende Mails verwerfen, ab jetzt wieder senden',
      );
      await bookPlaces(anyone, { runId: id, booker: here });
      await post.deliver();

      expect(page.getByRole('status').textContent).to.contain('Mails gehen wieder hinaus.');
      expect([post.to(gone), post.to(here)]).to.deep.equal([0, 2]);
    });

    it('is decided by the network alone, and written down', async () => {
      const page = await coordinator.open('/desk/mail');
      const _token = (await coordinator.open('/desk')).document.querySelector<HTMLInputElement>('[name=_token]')!.value;
      const { status } = await coordinator.agent.post('/desk/mail/hold').type('form').send({ _token, reason: 'Nein' });
      await holdMail(systemActor, 'Übung');
      await holdMail(systemActor, 'Zweite Übung');

      expect(page.queryByRole('button', { name: 'Alle Mails zurückhalten' })).to.equal(null);
      expect(status).to.equal(403);
      expect((await mailHold())?.reason).to.equal('Übung');
      expect(await databaseClient().db().collection('events').countDocuments({ type: 'mail-held' })).to.equal(1);
    });

    it('is no reason to call Mosaik not ready, and is named where readiness is asked for', async () => {
      await holdMail(systemActor, 'Übung');
      await aBooking();

      const { body } = await network.agent.get('/readyz');

      expect(body.checks.mail).to.match(/^Held back since /);
      expect((await network.agent.get('/metrics')).text).to.contain('mosaik_mail_held 1');
    });
  });

  it('is not sent by whoever took longer to write it than the lease lasts: by then another may be sending it', async () => {
    const { id } = await aRun();
    await bookPlaces(anyone, { runId: id, booker: here });
    await prepareDelivery(post, sender, 0).sendDueMail(undefined);
    const late = post.to(here);
    await post.deliver();

    expect([late, post.to(here)]).to.deep.equal([0, 2]);
  });

  it('about a booking can be read: what went to whom, when, and what is to come', async () => {
    const { id } = await aRun();
    const booking = await bookPlaces(anyone, { runId: id, booker: here });
    await post.deliver();
    const run = await coordinator.open(`/desk/runs/${id}`);
    const page = await coordinator.open(run.getByRole('link', { name: 'Mails Da Probe' }).getAttribute('href') ?? '');

    expect(page.path).to.equal(`/desk/bookings/${booking.id}/mails`);
    expect(page.says)
      .to.contain('Buchungsbestätigung')
      .and.to.contain('mit Kalendereintrag, Fassung 0')
      .and.to.contain('Erinnerung')
      .and.to.contain('kommt noch');
  });
});
