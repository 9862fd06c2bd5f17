import { expect } from 'chai';
import { prepareDelivery } from '../../jobs/deliver-mail.ts';
import { takeIncoming } from '../../jobs/read-inbox.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import { bookingById, calendarProof, cancelBooking, holderOf } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { messagesAbout, readIncomingMail, type OutgoingMail } from '../../server/modules/mail/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { answerTo, deliveryReport, KeptMail, mailOf } from '../support/answers.ts';
import { aBooking, aPerson, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';

const inbox = { address: 'kurse@example.org' };
const sender = { mailFrom: { name: 'Kurse', email: inbox.address }, baseUrl: 'https://mosaik.example.org', inbox };

describe('the inbox', () => {
  const booker = aPerson();
  const [mina, kim] = [aPerson(), aPerson()];
  let post: KeptMail;
  let booking: Awaited<ReturnType<typeof aBooking>>;
  let restoreClock: () => void;

  beforeEach(async () => {
    await freshDatabase();
    post = new KeptMail();
    booking = await aBooking({ runId: (await aRun()).id, booker, participants: [mina, kim] });
    await deliver();
    // Answers come later than invitations.
    const later = Date.now() + 60_000;
    restoreClock = setClock(() => new Date(later));
  });
  afterEach(() => restoreClock());

  const deliver = async () => {
    await relayEvents();
    await prepareDelivery(post, sender).sendDueMail(undefined);
  };
  const take = async (source: Buffer) => takeIncoming(inbox.address)(await readIncomingMail(source, inbox.address));
  const invitationOf = ({ email }: { email: string }) => post.invitationOf(email);
  const answerShown = async ({ name }: { name: string }) =>
    (await calendarProof(systemActor, booking.id)).find(({ participant }) => participant.name === name)?.entries[0]
      ?.answer;
  /** What went out because of what came in. */
  const sentAfter = async (act: () => Promise<unknown>): Promise<OutgoingMail[]> => {
    const before = post.mails.length;
    await act();
    await deliver();
    return post.mails.slice(before);
  };
  const messages = async () => (await messagesAbout(booking.id)).filter(({ kind }) => kind.startsWith('calendar-'));

  it('has an address of its own for each invitation, which its calendar object and its answers name', () => {
    const [one, other] = [invitationOf(mina), invitationOf(kim)];

    expect(one.replyTo).to.match(/^kurse\+r[0-9a-z]{13}@example\.org$/);
    expect(one.replyTo).not.to.equal(other.replyTo);
    expect(one.calendar?.content.replace(/\r\n /g, '')).to.contain(`:mailto:${one.replyTo}`);
    expect(one.returnTo).to.match(/^kurse\+b[0-9a-z]{32}@example\.org$/);
    expect(one.from.email).to.equal('kurse@example.org');
  });

  it('notes what a calendar answers, whoever it says it is from, and tells nobody', async () => {
    const from = 'delegate@elsewhere.example.org';

    const sent = await sentAfter(async () => {
      await take(answerTo(invitationOf(mina), { says: 'ACCEPTED', form: 'alternative', from }));
      await take(answerTo(invitationOf(kim), { says: 'TENTATIVE', form: 'alone', from }));
    });

    expect([await answerShown(mina), await answerShown(kim)]).to.deep.equal(['accepted', 'tentative']);
    expect(sent).to.deep.equal([]);
  });

  it('asks whoever booked, once, what a refusal is to mean, and changes nothing', async () => {
    const declined = answerTo(invitationOf(mina), { says: 'DECLINED' });

    const sent = await sentAfter(async () => {
      await take(declined);
      await take(declined);
    });

    expect(sent.map(({ to }) => to.email)).to.deep.equal([booker.email]);
    expect(sent[0]?.text)
      .to.contain(`Im Kalender von ${mina.name}`)
      .and.to.contain('Der Platz bleibt gebucht')
      .and.to.contain(`https://mosaik.example.org/bookings/${booking.token}`);
    expect((await bookingById(systemActor, booking.id)).participants).to.have.lengthOf(2);
    expect(await answerShown(mina)).to.equal('declined');
  });

  it('asks nothing when the same calendar accepts before the question goes out', async () => {
    const sent = await sentAfter(async () => {
      await take(answerTo(invitationOf(mina), { says: 'DECLINED', stampedAt: '20260302T120000Z' }));
      await take(answerTo(invitationOf(mina), { says: 'ACCEPTED', stampedAt: '20260302T120500Z' }));
    });

    expect(sent).to.deep.equal([]);
    expect(await answerShown(mina)).to.equal('accepted');
  });

  it('keeps the later of two answers that come in the wrong order', async () => {
    await take(answerTo(invitationOf(mina), { says: 'ACCEPTED', stampedAt: '20260302T120500Z' }));
    await take(answerTo(invitationOf(mina), { says: 'DECLINED', stampedAt: '20260302T120000Z' }));

    expect(await answerShown(mina)).to.equal('accepted');
    expect(await messages()).to.deep.equal([]);
  });

  it('believes no answer that does not come to the address of its invitation', async () => {
    const declined = { says: 'DECLINED' as const };
    const strangers = [
      answerTo(invitationOf(mina), { ...declined, to: inbox.address }),
      answerTo(invitationOf(mina), { ...declined, to: invitationOf(kim).replyTo ?? '' }),
      answerTo(invitationOf(mina), { ...declined, to: `kurse+r${'0'.repeat(13)}@example.org` }),
      answerTo(invitationOf(mina), { ...declined, uid: 'f'.repeat(40) }),
      answerTo(invitationOf(mina), { ...declined, sequence: 1 }),
    ];

    const taken = [];
    for (const stranger of strangers) taken.push(await take(stranger));

    expect(taken).to.deep.equal([false, false, false, false, false]);
    expect(await messages()).to.deep.equal([]);
    expect(await answerShown(mina)).to.equal(undefined);
  });

  it('believes no answer to an entry that was taken back', async () => {
    const invited = invitationOf(mina);
    await cancelBooking(await holderOf(booking.token), { bookingId: booking.id });
    await deliver();

    expect(await take(answerTo(invited, { says: 'DECLINED' }))).to.equal(false);
    expect(await take(answerTo(invited, { says: 'DECLINED', sequence: 1 }))).to.equal(false);
  });

  it('names the same organiser when it takes an entry back as when it invited', async () => {
    const { replyTo } = invitationOf(mina);
    await cancelBooking(await holderOf(booking.token), { bookingId: booking.id });
    await deliver();

    const cancelled = post.mails.find(({ to, calendar }) => to.email === mina.email && calendar?.method === 'CANCEL');
    expect(cancelled?.calendar?.content.replace(/\r\n /g, '')).to.contain(`:mailto:${replyTo}`);
  });

  it('answers a person who proposes another time, once, and no program', async () => {
    const byPerson = answerTo(invitationOf(mina), { method: 'COUNTER' });
    const byProgram = answerTo(invitationOf(kim), { method: 'COUNTER', headers: ['Auto-Submitted: auto-replied'] });

    const sent = await sentAfter(async () => {
      for (const counter of [byPerson, byPerson, byProgram]) await take(counter);
    });

    expect(sent.map(({ to, calendar }) => [to.email, calendar])).to.deep.equal([[mina.email, undefined]]);
    expect(sent[0]?.text).to.contain('Der Termin gilt für alle');
  });

  it('leaves to people what is no answer, however broken', async () => {
    const to = () => `To: <${invitationOf(mina).replyTo}>`;
    const rubbish: Record<string, () => Buffer> = {
      'an answer in words': () => mailOf([to(), 'Subject: Re', '', 'Leider kann ich nicht.']),
      'an out-of-office notice': () =>
        mailOf([to(), 'Auto-Submitted: auto-replied', 'Subject: Abwesend', '', 'Bin im Urlaub.']),
      'an empty mail': () => Buffer.alloc(0),
      'nothing but a head': () => mailOf([to()]),
      'a calendar that is none': () =>
        mailOf([to(), 'Content-Type: text/calendar; method=REPLY', '', 'BEGIN:VCALENDAR']),
      'a calendar of many attendees': () => {
        const source = answerTo(invitationOf(mina), { form: 'alone' }).toString();
        const [head = '', body = ''] = source.split(/\r\n\r\n/);
        const two = Buffer.from(body, 'base64')
          .toString()
          .replace(/(ATTENDEE.*\r\n)/, '$1$1');
        return mailOf([head, '', Buffer.from(two).toString('base64')]);
      },
      'a mail without an end': () =>
        mailOf([to(), 'Content-Type: multipart/mixed; boundary="x"', '', ...Array.from({ length: 300 }, () => '--x')]),
      'a mail of bytes that are no text': () => Buffer.concat([mailOf([to(), '', '']), Buffer.alloc(20_000, 0xff)]),
      'a publication': () => answerTo(invitationOf(mina), { method: 'PUBLISH' }),
      'an invitation to us': () => answerTo(invitationOf(mina), { method: 'REQUEST' }),
      'an answer that says nothing': () =>
        mailOf([to(), 'Content-Type: text/calendar; method=REPLY', '', 'BEGIN:VCALENDAR', 'END:VCALENDAR', '']),
      'a mail that came back to an address of somebody else': () =>
        deliveryReport(invitationOf(mina), { to: `kurse+b${'1'.repeat(32)}@example.org` }),
      'a notice at the address for returned mail': () =>
        mailOf([`To: <${invitationOf(mina).returnTo}>`, 'Auto-Submitted: auto-replied', '', 'Bin im Urlaub.']),
      'a report that a mail is late': () => deliveryReport(invitationOf(mina), { action: 'delayed', status: '4.4.1' }),
      'a report that a mail arrived': () =>
        deliveryReport(invitationOf(mina), { action: 'delivered', status: '2.0.0' }),
    };

    const before = await messagesAbout(booking.id);

    const taken: string[] = [];
    for (const [what, source] of Object.entries(rubbish)) if (await take(source())) taken.push(what);

    expect(taken).to.deep.equal([]);
    expect(await messagesAbout(booking.id)).to.deep.equal(before);
    expect(await answerShown(mina)).to.equal(undefined);
  });

  it('makes a mail that came back a failed one, with the reason and without the address', async () => {
    const report = deliveryReport(invitationOf(mina));

    const taken = [await take(report), await take(report)];

    const id = invitationOf(mina).messageId.slice(1, 25);
    const row = (await messagesAbout(booking.id)).find((message) => message.id === id);
    expect(taken).to.deep.equal([true, true]);
    expect(row).to.include({ state: 'failed', reason: '5.1.1 550 5.1.1 (address): no such user here' });
    const proof = (await calendarProof(systemActor, booking.id)).find(
      ({ participant }) => participant.name === mina.name,
    );
    expect(proof?.entries[0]?.state).to.equal('not-delivered');
  });
});
