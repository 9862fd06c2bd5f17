import { expect } from 'chai';
import { prepareDelivery } from '../../jobs/deliver-mail.ts';
import { bookPlaces } from '../../server/modules/booking/index.ts';
import { anyone } from '../../server/modules/history/index.ts';
import { dueMessageIds, messagesAbout, messagesById, type MailTransport } from '../../server/modules/mail/index.ts';
import { openSmtpTransport } from '../../server/modules/mail/transport-smtp.ts';
import { now, setClock } from '../../server/platform/clock.ts';
import { aPerson, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { startScriptedSmtp, type SmtpScript } from '../support/scripted-smtp.ts';

const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };
const patience = { connect: 20_000, greeting: 20_000, silence: 20_000, attempt: 25_000 };

/** Tries the two mails of one booking; gives what became of each, and how many the server got to see. */
async function sendingTo(script: SmtpScript) {
  const { id } = await aRun();
  await bookPlaces(anyone, { runId: id, booker: aPerson() });
  const server = await startScriptedSmtp(script);
  const transport = openSmtpTransport(`smtp://${server.url}`, { patience });
  const { deliverMail } = prepareDelivery(transport, sender);
  const ids = await dueMessageIds(2);

  for (const one of ids) await deliverMail(one);

  await transport.close();
  server.close();
  const rows = (await messagesById(ids)).map(({ state, attempts, dueAt, reason }) => {
    const waitSeconds = state === 'due' ? Math.round((dueAt.getTime() - now().getTime()) / 1_000) : undefined;
    return { state, attempts, waitSeconds, reason };
  });
  return { rows, seen: server.commands.filter((line) => line.startsWith('MAIL')).length };
}

describe('deliverMail', () => {
  let restoreClock: () => void;
  beforeEach(async () => {
    await freshDatabase();
    const at = new Date('2026-03-02T12:00:00Z');
    restoreClock = setClock(() => at);
  });
  afterEach(() => restoreClock());

  it('is done with what the server took', async () => {
    const { rows, seen } = await sendingTo({});

    expect(rows.map(({ state, attempts }) => [state, attempts])).to.deep.equal([
      ['sent', 1],
      ['sent', 1],
    ]);
    expect(seen).to.equal(2);
  });

  it('tries again in a quarter of a minute what the server puts off, and says why', async () => {
    const { rows, seen } = await sendingTo({ RCPT: '450 4.2.0 greylisted' });

    for (const { state, attempts, waitSeconds, reason } of rows) {
      expect([state, attempts]).to.deep.equal(['due', 1]);
      expect(waitSeconds).to.be.within(15, 18);
      expect(reason).to.contain('greylisted');
    }
    expect(seen).to.equal(2);
  });

  it('never tries again what the server refuses, and keeps the reason for a human', async () => {
    const { rows } = await sendingTo({ RCPT: '550 5.1.1 no such mailbox' });

    for (const { state, attempts, reason } of rows) {
      expect([state, attempts]).to.deep.equal(['failed', 1]);
      expect(reason).to.contain('no such mailbox');
    }
  });

  it('stops after one refusal that every mail would meet, and counts no attempt', async () => {
    const { rows, seen } = await sendingTo({ MAIL: '530 5.7.0 sign in first' });

    expect(rows.map(({ state, attempts, waitSeconds }) => [state, attempts, waitSeconds])).to.have.deep.members([
      ['due', 0, 60],
      ['due', 0, 0],
    ]);
    expect(seen).to.equal(1);
  });

  it('sends a confirmation while many other mails are under way and none of them comes to an end', async () => {
    const run = await aRun({ capacity: 100 });
    for (let many = 0; many < 12; many += 1) await bookPlaces(anyone, { runId: run.id, booker: aPerson() });
    const late = aPerson();
    const sent: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const slow: MailTransport = {
      async send({ to }) {
        begin();
        if (to.email !== late.email) await held;
        sent.push(to.email);
        return { kind: 'accepted' };
      },
      async close() {},
    };
    const { deliverMail, sendDueMail } = prepareDelivery(slow, sender);

    const bulk = sendDueMail(undefined);
    await begun;
    const { id } = await bookPlaces(anyone, { runId: run.id, booker: late });
    const [confirmation] = (await messagesAbout(id)).filter(({ kind }) => kind === 'booking-confirmed');
    await deliverMail(confirmation?.id ?? '');
    const sentBefore = [...sent];
    release();
    await bulk;

    expect(sentBefore).to.deep.equal([late.email]);
    expect(sent.length).to.be.greaterThan(12);
  });
});
