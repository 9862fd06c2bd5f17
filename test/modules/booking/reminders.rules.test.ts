import { expect } from 'chai';
import { DateTime } from 'luxon';
import { defaultReminderPlan } from '../../../server/modules/catalogue/index.ts';
import { dueAt, remindersOf, remindersToCome } from '../../../server/modules/booking/reminders.rules.ts';

type Row = [what: string, session: string, zone: string, daysBefore: number, at: string, due: string];

/** Sessions in civil time of their zone; `due` as the instant, with the offset that the zone has then. */
const table: Row[] = [
  ['an ordinary day', '2026-11-30T09:00', 'Europe/Berlin', 1, '09:00', '2026-11-29T09:00+01:00'],
  ['a week before', '2026-11-30T09:00', 'Europe/Berlin', 7, '09:00', '2026-11-23T09:00+01:00'],
  [
    'the day after the clock went forward in 2026',
    '2026-03-30T09:00',
    'Europe/Berlin',
    1,
    '09:00',
    '2026-03-29T09:00+02:00',
  ],
  ['the day the clock goes forward in 2026', '2026-03-29T09:00', 'Europe/Berlin', 1, '09:00', '2026-03-28T09:00+01:00'],
  ['a week across the change of March 2026', '2026-04-02T14:00', 'Europe/Berlin', 7, '09:00', '2026-03-26T09:00+01:00'],
  ['an hour that March 2026 skips', '2026-03-30T09:00', 'Europe/Berlin', 1, '02:30', '2026-03-29T03:30+02:00'],
  ['the day the clock goes back in 2026', '2026-10-25T09:00', 'Europe/Berlin', 1, '09:00', '2026-10-24T09:00+02:00'],
  [
    'the day after the clock went back in 2026',
    '2026-10-26T09:00',
    'Europe/Berlin',
    1,
    '09:00',
    '2026-10-25T09:00+01:00',
  ],
  [
    'a week across the change of October 2026',
    '2026-10-28T09:00',
    'Europe/Berlin',
    7,
    '09:00',
    '2026-10-21T09:00+02:00',
  ],
  ['an hour that October 2026 shows twice', '2026-10-26T09:00', 'Europe/Berlin', 1, '02:30', '2026-10-25T02:30+02:00'],
  ['an hour that March 2027 skips', '2027-03-29T09:00', 'Europe/Berlin', 1, '02:30', '2027-03-28T03:30+02:00'],
  [
    'the day after the clock went forward in 2027',
    '2027-03-29T09:00',
    'Europe/Berlin',
    1,
    '09:00',
    '2027-03-28T09:00+02:00',
  ],
  ['an hour that October 2027 shows twice', '2027-11-01T09:00', 'Europe/Berlin', 1, '02:30', '2027-10-31T02:30+02:00'],
  [
    'a week across the change of October 2027',
    '2027-11-03T09:00',
    'Europe/Berlin',
    7,
    '09:00',
    '2027-10-27T09:00+02:00',
  ],
  ['the day after a 29 February', '2028-03-01T09:00', 'Europe/Berlin', 1, '09:00', '2028-02-29T09:00+01:00'],
  ['a week after a 29 February', '2028-03-07T09:00', 'Europe/Berlin', 7, '09:00', '2028-02-29T09:00+01:00'],
  ['1 March of a year without one', '2027-03-01T09:00', 'Europe/Berlin', 1, '09:00', '2027-02-28T09:00+01:00'],
  ['across the year', '2027-01-03T09:00', 'Europe/Berlin', 7, '09:00', '2026-12-27T09:00+01:00'],
  ['a session just after midnight', '2026-06-02T00:30', 'Europe/Berlin', 1, '09:00', '2026-06-01T09:00+02:00'],
  ['a zone west of Greenwich', '2026-11-02T18:00', 'America/New_York', 1, '01:30', '2026-11-01T01:30-04:00'],
  ['a zone with a quarter of an hour', '2026-05-10T10:00', 'Asia/Kathmandu', 1, '09:00', '2026-05-09T09:00+05:45'],
];

describe('dueAt', () => {
  for (const [what, session, timeZone, daysBefore, at, due] of table)
    it(`reminds ${daysBefore} days before at ${at}, for ${what}`, () => {
      const startsAt = DateTime.fromISO(session, { zone: timeZone }).toJSDate();

      const actual = dueAt({ daysBefore, at }, { startsAt, timeZone });

      expect(actual.toISOString()).to.equal(new Date(due).toISOString());
    });
});

describe('remindersOf', () => {
  const session = (id: string, start: string) => ({ id, startsAt: new Date(start), timeZone: 'Europe/Berlin' });
  const sessions = [session('second', '2026-12-08T08:00Z'), session('first', '2026-12-01T08:00Z')];

  it('reminds 7 days and 1 day before the first session, and 1 day before each further one', () => {
    const reminders = remindersOf(defaultReminderPlan, sessions).map(({ sessionId, daysBefore }) => [
      sessionId,
      daysBefore,
    ]);

    expect(reminders).to.deep.equal([
      ['first', 7],
      ['first', 1],
      ['second', 1],
    ]);
  });

  it('never reminds of a session that has begun', () => {
    const rule = { id: 'same-day', of: 'first-session' as const, daysBefore: 0, at: '09:00' };

    expect(remindersOf([rule], [session('early', '2026-12-01T07:59Z')])).to.deep.equal([]);
    expect(remindersOf([rule], [session('late', '2026-12-01T08:01Z')])).to.have.lengthOf(1);
  });

  it('leaves out for a late booker what is past, to the second', () => {
    const due = new Date('2026-11-30T08:00:00Z');
    const left = (now: Date) => remindersToCome(defaultReminderPlan, sessions, now).map(({ ruleId }) => ruleId);

    expect(left(new Date(due.getTime() - 1_000))).to.deep.equal(['first-1', 'further-1']);
    expect(left(due)).to.deep.equal(['further-1']);
  });
});
