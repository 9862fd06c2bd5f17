import ICAL from 'ical.js';

/** What a calendar shows of one event. */
export type CalendarEntry = {
  uid: string;
  sequence: number;
  status: string;
  title: string;
  startsAt: string;
  endsAt: string;
  location: string;
  /** When the object was made (DTSTAMP). */
  stamp: string;
};

/**
 * A calendar program as RFC 5546 2.1.5 describes it: of two objects for one UID the higher SEQUENCE is the truth, then the
 * later DTSTAMP, in whatever order they arrive. A cancelled event stays known, so that a late invitation cannot revive it.
 */
export class CalendarClient {
  readonly #known = new Map<string, CalendarEntry>();

  /** Takes what a mail brought. */
  receive(ics: string): void {
    const calendar = new ICAL.Component(ICAL.parse(ics));
    const method = String(calendar.getFirstPropertyValue('method'));
    for (const event of calendar.getAllSubcomponents('vevent')) this.#take(entryOf(event, method));
  }

  /** The events that still stand, in the order of their times. */
  entries(): CalendarEntry[] {
    return [...this.#known.values()]
      .filter(({ status }) => status !== 'CANCELLED')
      .toSorted((one, other) => one.startsAt.localeCompare(other.startsAt));
  }

  #take(entry: CalendarEntry): void {
    const known = this.#known.get(entry.uid);
    if (!known || isNewer(entry, known)) this.#known.set(entry.uid, entry);
  }
}

function isNewer(one: CalendarEntry, other: CalendarEntry): boolean {
  return one.sequence === other.sequence ? one.stamp > other.stamp : one.sequence > other.sequence;
}

function entryOf(event: ICAL.Component, method: string): CalendarEntry {
  const text = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
  return {
    uid: text('uid'),
    sequence: Number(text('sequence')),
    stamp: instantOf(event, 'dtstamp'),
    status: method === 'CANCEL' ? 'CANCELLED' : text('status'),
    title: text('summary'),
    startsAt: instantOf(event, 'dtstart'),
    endsAt: instantOf(event, 'dtend'),
    location: text('location'),
  };
}

function instantOf(event: ICAL.Component, name: string): string {
  const value = event.getFirstPropertyValue(name);
  if (!(value instanceof ICAL.Time)) throw new Error(`An event without ${name}.`);
  return new Date(value.toUnixTime() * 1000).toISOString();
}
