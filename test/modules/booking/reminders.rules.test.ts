import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  defaultReminderPlan,
  type ReminderMoment,
  type ReminderRule,
} from '../../../server/modules/catalogue/index.ts';
import {
  dueAt,
  isReminderStillUseful,
  remindersOf,
  remindersToCome,
} from '../../../server/modules/booking/reminders.rules.ts';

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

/** What comes after a session counts from the day of its end; hours are counted as they pass. */
const further: [what: string, moment: ReminderMoment, start: string, end: string, zone: string, due: string][] = [
  [
    'the day after, when the clock went forward that night',
    { daysAfter: 1, at: '09:00' },
    '2026-03-28T09:00',
    '2026-03-28T16:00',
    'Europe/Berlin',
    '2026-03-29T09:00+02:00',
  ],
  [
    'an hour after the session that March 2027 skips',
    { daysAfter: 1, at: '02:30' },
    '2027-03-27T09:00',
    '2027-03-27T16:00',
    'Europe/Berlin',
    '2027-03-28T03:30+02:00',
  ],
  [
    'an hour after the session that October 2026 shows twice',
    { daysAfter: 2, at: '02:30' },
    '2026-10-23T09:00',
    '2026-10-23T16:00',
    'Europe/Berlin',
    '2026-10-25T02:30+02:00',
  ],
  [
    'the day after a 28 February with a 29th',
    { daysAfter: 1, at: '09:00' },
    '2028-02-28T09:00',
    '2028-02-28T16:00',
    'Europe/Berlin',
    '2028-02-29T09:00+01:00',
  ],
  [
    'the day after a session that ends past midnight',
    { daysAfter: 1, at: '09:00' },
    '2026-06-01T22:00',
    '2026-06-02T00:30',
    'Europe/Berlin',
    '2026-06-03T09:00+02:00',
  ],
  [
    'the day after, across the year',
    { daysAfter: 1, at: '09:00' },
    '2026-12-31T09:00',
    '2026-12-31T12:00',
    'Asia/Kathmandu',
    '2027-01-01T09:00+05:45',
  ],
  [
    'two hours before, on an ordinary day',
    { hoursBefore: 2 },
    '2026-11-30T09:00',
    '2026-11-30T16:00',
    'Europe/Berlin',
    '2026-11-30T07:00+01:00',
  ],
  [
    'two hours before, while the clock goes forward',
    { hoursBefore: 2 },
    '2026-03-29T04:00',
    '2026-03-29T08:00',
    'Europe/Berlin',
    '2026-03-29T01:00+01:00',
  ],
  [
    'two hours before, while the clock goes back',
    { hoursBefore: 2 },
    '2027-10-31T03:30',
    '2027-10-31T08:00',
    'Europe/Berlin',
    '2027-10-31T02:30+02:00',
  ],
];

const sitting = (startsAt: Date, timeZone: string, endsAt = new Date(startsAt.getTime() + 3_600_000)) => ({
  startsAt,
  endsAt,
  timeZone,
});

describe('dueAt', () => {
  for (const [what, session, timeZone, daysBefore, at, due] of table)
    it(`reminds ${daysBefore} days before at ${at}, for ${what}`, () => {
      const startsAt = DateTime.fromISO(session, { zone: timeZone }).toJSDate();

      const actual = dueAt({ daysBefore, at }, sitting(startsAt, timeZone));

      expect(actual.toISOString()).to.equal(new Date(due).toISOString());
    });

  for (const [what, moment, start, end, timeZone, due] of further)
    it(`reminds ${what}`, () => {
      const [startsAt, endsAt] = [start, end].map((one) => DateTime.fromISO(one, { zone: timeZone }).toJSDate());

      const actual = dueAt(moment, sitting(startsAt!, timeZone, endsAt));

      expect(actual.toISOString()).to.equal(new Date(due).toISOString());
    });
});

describe('remindersOf', () => {
  const session = (id: string, start: string) => ({ id, ...sitting(new Date(start), 'Europe/Berlin') });
  const sessions = [session('second', '2026-12-08T08:00Z'), session('first', '2026-12-01T08:00Z')];
  const told = (plan: readonly ReminderRule[], daysOff?: ReadonlySet<string>) =>
    remindersOf(plan, sessions, daysOff).map(({ ruleId, sessionId }) => `${ruleId} ${sessionId}`);

  it('reminds 7 days and 1 day before the first session, and 1 day before each further one', () => {
    expect(told(defaultReminderPlan)).to.deep.equal(['first-7 first', 'first-1 first', 'further-1 second']);
  });

  it('reminds of each session, or once for the run: before its first one and after its last', () => {
    const at = '09:00';
    const plan: ReminderRule[] = [
      { id: 'each', of: 'each-session', hoursBefore: 2 },
      { id: 'once', of: 'first-session', daysBefore: 3, at },
      { id: 'after', of: 'last-session', daysAfter: 1, at },
    ];

    expect(told(plan)).to.deep.equal(['each first', 'once first', 'each second', 'after second']);
  });

  it('reminds by no rule that is switched off, and once by two that meet', () => {
    const plan: ReminderRule[] = [
      { id: 'one', of: 'first-session', daysBefore: 1, at: '09:00' },
      { id: 'other', of: 'each-session', daysBefore: 1, at: '09:00' },
      { id: 'bookers', of: 'first-session', daysBefore: 1, at: '09:00', audience: 'bookers' },
      { id: 'off', of: 'each-session', daysBefore: 2, at: '09:00', off: true },
    ];

    expect(told(plan)).to.deep.equal(['one first', 'bookers first', 'other second']);
  });

  it('never reminds of a session that has begun, and never thanks for one that is not over', () => {
    const rule: ReminderRule = { id: 'same-day', of: 'first-session', daysBefore: 0, at: '09:00' };
    const overnight = { id: 'long', ...sitting(new Date('2026-12-01T08:00Z'), 'Europe/Berlin') };

    expect(remindersOf([rule], [session('early', '2026-12-01T07:59Z')])).to.deep.equal([]);
    expect(remindersOf([rule], [session('late', '2026-12-01T08:01Z')])).to.have.lengthOf(1);
    expect(remindersOf([{ id: 'soon', of: 'each-session', daysAfter: 0, at: '09:30' }], [overnight])).to.deep.equal([]);
  });

  it('leaves out for a late booker what is past, to the second', () => {
    const due = new Date('2026-11-30T08:00:00Z');
    const left = (now: Date) => remindersToCome(defaultReminderPlan, sessions, now).map(({ ruleId }) => ruleId);

    expect(left(new Date(due.getTime() - 1_000))).to.deep.equal(['first-1', 'further-1']);
    expect(left(due)).to.deep.equal(['further-1']);
  });

  const moves: [what: string, moment: ReminderMoment, start: string, daysOff: string[], due: string][] = [
    ['a Sunday to the Friday before it', { daysBefore: 1, at: '09:00' }, '2026-11-30', [], '2026-11-27T09:00+01:00'],
    ['a Saturday to the Monday after it', { daysAfter: 1, at: '09:00' }, '2026-11-27', [], '2026-11-30T09:00+01:00'],
    [
      'Easter Monday to Maundy Thursday',
      { daysBefore: 1, at: '09:00' },
      '2026-04-07',
      ['2026-04-03', '2026-04-06'],
      '2026-04-02T09:00+02:00',
    ],
    [
      'Christmas across the year to the first working day',
      { daysAfter: 1, at: '09:00' },
      '2026-12-31',
      ['2026-12-25', '2026-12-26', '2027-01-01'],
      '2027-01-04T09:00+01:00',
    ],
    [
      'a Monday before the clock changes to the Friday before it',
      { daysBefore: 1, at: '02:30' },
      '2026-03-31',
      ['2026-03-30'],
      '2026-03-27T02:30+01:00',
    ],
    [
      'nothing on a working day',
      { daysBefore: 1, at: '09:00' },
      '2026-11-27',
      ['2026-11-25'],
      '2026-11-26T09:00+01:00',
    ],
  ];
  for (const [what, moment, start, daysOff, due] of moves)
    it(`moves ${what}, for a rule of working days only`, () => {
      const startsAt = DateTime.fromISO(`${start}T10:00`, { zone: 'Europe/Berlin' }).toJSDate();
      const plan = (workingDays?: true): ReminderRule[] => [
        { id: 'rule', of: 'each-session', ...moment, ...(workingDays && { workingDays }) },
      ];
      const planned = (rules: ReminderRule[]) =>
        remindersOf(rules, [{ id: 'one', ...sitting(startsAt, 'Europe/Berlin') }], new Set(daysOff))[0];

      const [usual, moved] = [planned(plan()), planned(plan(true))];

      expect(moved?.dueAt.toISOString()).to.equal(new Date(due).toISOString());
      expect(moved?.movedFrom).to.deep.equal(
        moved?.dueAt.getTime() === usual?.dueAt.getTime() ? undefined : usual?.dueAt,
      );
    });
});

describe('isReminderStillUseful', () => {
  const startsAt = new Date('2026-12-01T08:00Z');
  const before = (minutes: number) => new Date(startsAt.getTime() - minutes * 60_000);
  const rows: [what: string, dueAt: Date, now: Date, isUseful: boolean, after?: true][] = [
    ['a day before, with 2 hours left', before(1_440), before(120), true],
    ['a day before, with less than that', before(1_440), before(119), false],
    ['2 hours before, at its moment', before(120), before(120), true],
    ['2 hours before, at half of it', before(120), before(60), true],
    ['2 hours before, with less than half', before(120), before(59), false],
    ['after the session, 2 days late', before(-1_440), before(-3 * 1_440), true, true],
    ['after the session, later', before(-1_440), before(-3 * 1_440 - 1), false, true],
  ];
  for (const [what, due, now, isUseful, after = false] of rows)
    it(`${isUseful ? 'sends' : 'misses'} a reminder ${what}`, () => {
      expect(isReminderStillUseful({ after, dueAt: due }, { startsAt }, now)).to.equal(isUseful);
    });
});
