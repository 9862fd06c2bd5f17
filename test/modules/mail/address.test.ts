import { expect } from 'chai';
import * as fc from 'fast-check';
import { parseAddress } from '../../../server/modules/mail/address.ts';
import { openTransport } from '../../../server/modules/mail/transport.ts';
import { startScriptedSmtp } from '../../support/scripted-smtp.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';
import { aMail } from './mails.ts';

describe('parseAddress', () => {
  const accepted: [string, string, string?][] = [
    ['mina.muster@example.org', 'mina.muster@example.org'],
    ['  mina@example.org ', 'mina@example.org'],
    ['Mina.Muster@Example.ORG', 'Mina.Muster@example.org', 'mina.muster@example.org'],
    ["o'neil+kurs=1&b@sub.example.org", "o'neil+kurs=1&b@sub.example.org"],
    ['!#$%&*/=?^_`{|}~-@example.org', '!#$%&*/=?^_`{|}~-@example.org'],
    ['mina@köln.example', 'mina@xn--kln-sna.example'],
    ['mina@FAß.example', 'mina@xn--fa-hia.example'],
    ['mina@xn--kln-sna.example', 'mina@xn--kln-sna.example'],
    ['mina@مثال.example', 'mina@xn--mgbh0fb.example'],
    ['mina@1.2.3.example', 'mina@1.2.3.example'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
    [`a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(60)}`, addressOfLength254()],
  ];

  for (const [text, address, normalised = address.toLowerCase()] of accepted) {
    it(`takes ${JSON.stringify(text)}`, () => {
      expect(parseAddress(text)).to.deep.equal({ ok: true, address, normalised });
    });
  }

  const refused = [
    ['', '@', 'a', 'a@', '@example.org', 'a@b', 'a@@example.org', 'a@b@example.org', 'a b@example.org'],
    ['a@b.de, evil@x.de', 'a@b.de;c@d.de', 'g:a@b.de,c@d.de;', 'a@b.de,', 'a@b.de evil@x.de'],
    [
      '"x@evil.de y"@b.de',
      '"a"@b.de',
      'a@b.de (c) .evil.de',
      'a(c)@b.de',
      '<evil@x.de>p@b.de',
      'P <p@b.de>',
      '<p@b.de>',
    ],
    [
      'a@b.de\r\nRCPT TO:<evil@x.de>',
      'a@b.de\r\nBcc: evil@x.de',
      'a@b.de\r\n',
      '\na@b.de',
      'a\0@b.de',
      'a@b.de\0',
      'a@b\t.de',
    ],
    ['a@b.de\u0085', 'a\u2028@b.de', 'a\u00a0@b.de', 'a\\@b.de', 'a@b.de\\'],
    ['.a@b.de', 'a.@b.de', 'a..b@b.de', 'a@.b.de', 'a@b..de', 'a@b.de.', 'a@-b.de', 'a@b-.de', 'a@b_c.de'],
    ['a@[127.0.0.1]', 'a@127.0.0.1', 'a@1.2', 'a@b.1', 'a@localhost', 'a@b.de:25', 'a@b.de/x', 'a@b.de?x', 'a@b.de#x'],
    [
      'a@ex%61mple.org',
      'a%b.de',
      'a@xn--a.de',
      'a@b。de',
      'jörg@example.org',
      'a@💩.example',
      'a@exam\u00adple.org',
      '\ud800@b.de',
    ],
    [
      `${'a'.repeat(65)}@example.org`,
      `a@${'b'.repeat(64)}.org`,
      `a@${'b.'.repeat(150)}org`,
      `${addressOfLength254()}e`,
    ],
  ].flat();

  for (const text of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 80))}`, () => {
      expect(parseAddress(text)).to.deep.equal({ ok: false });
    });
  }

  it('takes its own answers again, unchanged', () => {
    fc.assert(
      fc.property(candidates(), (text) => {
        const first = parseAddress(text);
        if (!first.ok) return;
        expect(parseAddress(first.address)).to.deep.equal(first);
        expect(parseAddress(first.normalised)).to.deep.include({ normalised: first.normalised });
      }),
      { numRuns: 500 },
    );
  });

  it('answers quickly however long the text is', () => {
    const started = performance.now();

    for (const text of [
      'a'.repeat(1e6),
      `${'a.'.repeat(5e5)}@b.de`,
      `a@${'ä'.repeat(1e6)}.de`,
      `a@${'-'.repeat(1e6)}`,
      ' '.repeat(1e6),
    ]) {
      parseAddress(text);
    }

    expect(performance.now() - started).to.be.below(5_000);
  });
});

describe('an address that parseAddress takes', () => {
  it('stands in RCPT TO exactly so, once, whatever it looks like', async () => {
    const addresses = acceptedAddresses(500);
    const sink = await startSmtpSink();
    const transport = openTransport({ smtpUrl: sink.url, directory: '/nowhere' });

    const outcomes = await Promise.all(
      addresses.map((email, index) =>
        transport.send(aMail({ messageId: `<${index}@mosaik>`, to: { name: 'A, <b@c.de>', email } })),
      ),
    );

    await transport.close();
    await sink.close();
    const received = new Map(sink.mails.map((mail) => [mail.messageId, mail.envelope.to]));
    expect(outcomes.filter(({ kind }) => kind !== 'accepted')).to.deep.equal([]);
    expect(addresses.map((_, index) => received.get(`<${index}@mosaik>`))).to.deep.equal(
      addresses.map((address) => [address]),
    );
    expect(sink.log.filter(({ event }) => event === 'recipient')).to.have.lengthOf(addresses.length);
  });

  it('is the same on the wire, byte for byte', async () => {
    const addresses = acceptedAddresses(200);
    const server = await startScriptedSmtp({});
    const transport = openTransport({ smtpUrl: `smtp://${server.url}`, directory: '/nowhere' });

    await Promise.all(addresses.map((email) => transport.send(aMail({ to: { name: 'A', email } }))));

    await transport.close();
    server.close();
    const recipients = server.commands.filter((line) => line.startsWith('RCPT'));
    expect(recipients).to.have.members(addresses.map((address) => `RCPT TO:<${address}>`));
  });
});

function acceptedAddresses(count: number): string[] {
  const parsed = fc.sample(candidates(), 20 * count).map(parseAddress);
  const addresses = parsed.flatMap((result) => (result.ok ? [result.address] : [])).slice(0, count);
  expect(addresses).to.have.lengthOf(count);
  return addresses;
}

/** Addresses of every sound and unsound shape: pieces that matter, in any order. */
function candidates(): fc.Arbitrary<string> {
  const atom = fc.string({
    unit: fc.constantFrom(...Array.from("abcXYZ019!#$%&'*+/=?^_`{|}~-")),
    minLength: 1,
    maxLength: 12,
  });
  const local = fc.array(atom, { minLength: 1, maxLength: 3 }).map((atoms) => atoms.join('.'));
  const label = fc.oneof(
    fc.stringMatching(/^[a-zA-Z0-9]{1,10}$/),
    fc.constantFrom('köln', 'Ærø', 'مثال', 'xn--kln-sna', 'a-b', '例'),
  );
  const host = fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('example', 'org', 'de'))
    .map(([labels, top]) => [...labels, top].join('.'));
  const noise = fc.constantFrom('', '', '', '', ' ', ',', ';', '<', '>', '"', '\r\n', '(c)', '@', '\0', ':', '\\', '.');
  return fc
    .tuple(local, noise, host, noise)
    .map(([name, before, domain, after]) => `${name}${before}@${domain}${after}`);
}

function addressOfLength254(): string {
  return `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(60)}`;
}
