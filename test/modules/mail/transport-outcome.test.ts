import { expect } from 'chai';
import { outcomeOfFailure, type SmtpFailure } from '../../../server/modules/mail/smtp-outcome.rules.ts';
import { openSmtpTransport } from '../../../server/modules/mail/transport-smtp.ts';
import { startScriptedSmtp, type SmtpScript } from '../../support/scripted-smtp.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';
import { aMail } from './mails.ts';

type Kind = 'accepted' | 'later' | 'never' | 'pause';

describe('outcomeOfFailure', () => {
  const table: [Kind, Omit<SmtpFailure, 'message'>][] = [
    ['later', { code: 'ECONNECTION' }],
    ['later', { code: 'ESOCKET', command: 'CONN' }],
    ['later', { code: 'EDNS' }],
    ['later', { code: 'ETIMEDOUT', command: 'CONN' }],
    ['later', { code: 'ETLS', command: 'STARTTLS' }],
    ['later', { code: 'EABORT' }],
    ['later', { code: 'EPROTOCOL' }],
    ['later', {}],
    ['later', { code: 'ECONNECTION', responseCode: 421, command: 'CONN' }],
    ['later', { code: 'EENVELOPE', responseCode: 450, command: 'RCPT TO' }],
    ['later', { code: 'EENVELOPE', responseCode: 451, command: 'MAIL FROM' }],
    ['later', { code: 'EMESSAGE', responseCode: 432, command: 'DATA' }],
    ['later', { code: 'EMESSAGE', responseCode: 452, command: 'DATA' }],
    ['later', { code: 'EAUTH', responseCode: 454, command: 'AUTH PLAIN' }],
    ['later', { code: 'EENVELOPE', responseCode: 503, command: 'RCPT TO' }],
    ['never', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }],
    ['never', { code: 'EENVELOPE', responseCode: 553, command: 'RCPT TO' }],
    ['never', { code: 'EMESSAGE', responseCode: 554, command: 'DATA' }],
    ['never', { code: 'EENVELOPE', responseCode: 552, command: 'MAIL FROM' }],
    ['never', { code: 'EENVELOPE', responseCode: 555, command: 'MAIL FROM' }],
    ['never', { code: 'EENVELOPE', command: 'API' }],
    ['later', { code: 'EENVELOPE', command: 'MAIL FROM', response: 'HTTP/1.1 400 Bad Request' }],
    ['never', { code: 'EMESSAGE', command: 'MAIL FROM' }],
    ['pause', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }],
    ['pause', { code: 'EAUTH', command: 'API' }],
    ['pause', { code: 'EENVELOPE', responseCode: 530, command: 'MAIL FROM' }],
    ['pause', { code: 'EENVELOPE', responseCode: 530, command: 'RCPT TO' }],
    ['pause', { code: 'EAUTH', responseCode: 534, command: 'AUTH PLAIN' }],
    ['pause', { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }],
    ['pause', { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' }],
    ['pause', { code: 'ECONFIG' }],
  ];

  for (const [kind, failure] of table) {
    it(`says ${kind} for ${JSON.stringify(failure)}`, () => {
      expect(outcomeOfFailure({ ...failure, message: 'refused' }).kind).to.equal(kind);
    });
  }

  it('gives a reason of one line without addresses', () => {
    const message = '550 5.1.1 <mina.muster@example.org>:\r\n no such user mina.muster@example.org';

    const outcome = outcomeOfFailure({ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO', message });

    expect(outcome).to.deep.equal({
      kind: 'never',
      reason: '550 5.1.1 (address): no such user (address) · EENVELOPE, RCPT TO',
    });
  });
});

describe('what becomes of a mail at an SMTP server that', () => {
  const table: [string, Kind, SmtpScript][] = [
    ['behaves', 'accepted', {}],
    ['offers neither 8BITMIME nor SMTPUTF8', 'accepted', { extensions: ['SIZE 1000000'] }],
    ['is closing', 'later', { banner: '421 4.3.2 closing' }],
    ['says no in its greeting', 'pause', { banner: '554 5.7.1 go away' }],
    ['fails at STARTTLS', 'later', { extensions: ['STARTTLS'], STARTTLS: '454 4.7.0 TLS not available' }],
    ['wants a sign-in first', 'pause', { MAIL: '530 5.7.0 sign in first' }],
    ['is busy at MAIL', 'later', { MAIL: '451 4.3.0 busy' }],
    ['refuses our sender', 'pause', { MAIL: '550 5.7.1 not your domain' }],
    ['greylists', 'later', { RCPT: '450 4.2.0 greylisted' }],
    ['knows no such mailbox', 'never', { RCPT: '550 5.1.1 no such mailbox' }],
    ['finds the mailbox full', 'never', { RCPT: '552 5.2.2 mailbox full' }],
    ['limits the connections', 'later', { RCPT: '432 4.3.2 concurrent connections limit exceeded' }],
    ['refuses DATA', 'never', { DATA: '554 5.5.1 no valid recipients' }],
    ['refuses the content', 'never', { content: '554 5.7.1 looks like spam' }],
    ['defers the content', 'later', { content: '451 4.3.0 try again' }],
    ['cuts the connection before it greets', 'later', { banner: 'drop' }],
    ['cuts the connection at RCPT', 'later', { RCPT: 'drop' }],
    ['cuts the connection at DATA', 'later', { DATA: 'drop' }],
    ['cuts the connection after the content', 'later', { content: 'drop' }],
    ['never greets', 'later', { banner: 'silence' }],
    ['never answers the content', 'later', { content: 'silence' }],
    ['trickles one byte after the other', 'later', { content: 'trickle' }],
    ['finds the mail too large at MAIL', 'never', { MAIL: '552 5.3.4 message too big' }],
    ['talks nonsense', 'later', { MAIL: 'HTTP/1.1 400 Bad Request' }],
  ];

  for (const [what, kind, script] of table) {
    it(`${what}: ${kind}`, async () => {
      const server = await startScriptedSmtp(script);
      const transport = openSmtpTransport(`smtp://${server.url}`, {
        patience: { connect: 500, greeting: 300, silence: 300, attempt: 900 },
      });

      const outcome = await transport.send(aMail());

      await transport.close();
      server.close();
      expect(outcome.kind, JSON.stringify(outcome)).to.equal(kind);
    });
  }

  it('is not there: later', async () => {
    const server = await startScriptedSmtp({});
    server.close();
    const transport = openSmtpTransport(`smtp://${server.url}`);

    const outcome = await transport.send(aMail());

    await transport.close();
    expect(outcome.kind).to.equal('later');
  });

  it('knows another password: pause', async () => {
    const sink = await startSmtpSink({ password: 'right' });
    const transport = openSmtpTransport(sink.url.replace('right', 'wrong'));

    const outcome = await transport.send(aMail());

    await transport.close();
    await sink.close();
    expect(outcome.kind).to.equal('pause');
    expect(outcome).to.have.property('reason').that.contains('535');
  });

  it('cut the connection is not sent the same mail again by itself', async () => {
    const server = await startScriptedSmtp({ content: 'drop' });
    const transport = openSmtpTransport(`smtp://${server.url}`);

    await transport.send(aMail());

    await new Promise((resolve) => setTimeout(resolve, 300));
    await transport.close();
    server.close();
    expect(server.commands.filter((line) => line.startsWith('MAIL'))).to.have.lengthOf(1);
  });

  it('refused one mail gets the next one', async () => {
    const sink = await startSmtpSink({
      onRcpt: (address) => (address.startsWith('gone') ? { code: 550, message: '5.1.1 no such mailbox' } : undefined),
    });
    const transport = openSmtpTransport(sink.url);

    const refused = await transport.send(aMail({ to: { name: 'Weg', email: 'gone@example.org' } }));
    const taken = await transport.send(aMail());

    await transport.close();
    await sink.close();
    expect([refused.kind, taken.kind]).to.deep.equal(['never', 'accepted']);
  });
});

describe('the test sink', () => {
  it('cuts the connection after a mail when told to, and accepts nothing', async () => {
    const sink = await startSmtpSink({ onData: () => 'drop' });
    const transport = openSmtpTransport(sink.url);

    const outcome = await transport.send(aMail());

    await transport.close();
    await sink.close();
    expect(outcome.kind).to.equal('later');
    expect(sink.mails).to.deep.equal([]);
    expect(sink.log.map(({ event }) => event))
      .to.include.members(['received', 'dropped'])
      .and.not.include('accepted');
  });
});
