import { expect } from 'chai';
import { cancellation, contentFingerprint, invitation, sessionUid } from '../../../server/modules/calendar/index.ts';
import type { CalendarSession } from '../../../server/modules/calendar/index.ts';
import { CalendarClient } from '../../support/calendar-client.ts';

const organiser = { name: 'Koordinierungsstelle', email: 'kurse@example.org' };
const attendee = { name: 'Mina Muster', email: 'mina.muster@example.org' };

const CREATED: CalendarSession = {
  uid: sessionUid('665f0a0000000000000000aa', 'mina.muster@example.org'),
  sequence: 0,
  title: 'Grundlagen',
  startsAt: new Date('2026-10-20T07:00Z'),
  endsAt: new Date('2026-10-20T10:00Z'),
  timeZone: 'Europe/Berlin',
  location: 'Raum 1',
};
const MOVED = {
  ...CREATED,
  sequence: 1,
  startsAt: new Date('2026-10-27T08:00Z'),
  endsAt: new Date('2026-10-27T11:00Z'),
};
const REHOUSED = { ...MOVED, sequence: 2, location: 'Raum 7' };
const CANCELLED = { ...REHOUSED, sequence: 3, cancelled: true };
const REBOOKED = { ...REHOUSED, sequence: 4 };

describe('a calendar that gets the mails of a session', () => {
  const mails = [CREATED, MOVED, REHOUSED, CANCELLED].map(objectAt);
  const rebooked = [CREATED, MOVED, CANCELLED, REBOOKED].map(objectAt);

  it('shows nothing at the end when the session was cancelled, in whatever order they come', () => {
    for (const order of permutations(mails)) expect(shownAfter(order)).to.deep.equal([]);
  });

  it('shows the last state when it was invited again, in whatever order they come', () => {
    const truth = { uid: CREATED.uid, sequence: 4, location: 'Raum 7', startsAt: '2026-10-27T08:00:00.000Z' };

    for (const order of permutations(rebooked)) {
      const shown = shownAfter(order);
      expect(shown).to.have.lengthOf(1);
      expect(shown[0]).to.include(truth);
    }
  });

  it('shows the last state when any one of the earlier mails got lost', () => {
    for (const lost of rebooked.slice(0, -1)) {
      expect(shownAfter(rebooked.filter((mail) => mail !== lost))[0]).to.include({ sequence: 4, location: 'Raum 7' });
    }
  });

  it('shows the same when a mail comes twice', () => {
    expect(shownAfter(rebooked.flatMap((mail) => [mail, mail]))).to.deep.equal(shownAfter(rebooked));
  });

  it('would be wrong without the sequence: the same mails with no numbers leave a cancelled session standing', () => {
    const unnumbered = mails.map((mail) =>
      mail.replace(/SEQUENCE:\d/, 'SEQUENCE:0').replace(/DTSTAMP:.*/, 'DTSTAMP:20260901T080000Z'),
    );

    expect(shownAfter(unnumbered)).to.have.lengthOf(1);
  });

  it('is told only of real changes: each step has a fingerprint of its own, a return has the old one', () => {
    const steps = [CREATED, MOVED, REHOUSED, CANCELLED].map(contentFingerprint);

    expect(new Set(steps)).to.have.lengthOf(4);
    expect(contentFingerprint(REBOOKED)).to.equal(contentFingerprint(REHOUSED));
  });
});

function objectAt(session: CalendarSession, minute: number): string {
  const input = { session, organiser, attendee, stampedAt: new Date(Date.UTC(2026, 8, 1, 8, minute)) };
  return session.cancelled ? cancellation(input) : invitation(input);
}

function shownAfter(mails: string[]) {
  const client = new CalendarClient();
  for (const mail of mails) client.receive(mail);
  return client.entries();
}

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items];
  return items.flatMap((first, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [first, ...rest]),
  );
}
