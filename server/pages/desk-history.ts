import { z } from 'zod';
import { momentOf } from '../../templates/dates.ts';
import type { Happening } from '../../templates/desk/run-history.tsx';
import { isTextKey, text, type Language, type TextKey } from '../../templates/texts/texts.ts';
import type { QueueEntry } from '../modules/booking/index.ts';
import { eventsAbout, type HistoryEvent } from '../modules/history/index.ts';
import { personById } from '../modules/people/index.ts';
import type { Run } from '../modules/scheduling/index.ts';

const sitting = z.object({
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  timeZone: z.string(),
  location: z.string(),
});
const facts = z.object({
  before: sitting.optional().catch(undefined),
  after: z.union([sitting, z.number()]).optional().catch(undefined),
  startsAt: z.coerce.date().optional().catch(undefined),
  assigned: z.array(z.string()).catch([]),
  released: z.array(z.string()).catch([]),
  places: z.number().catch(0),
  of: z.number().catch(0),
  passes: z.number().catch(0),
  priority: z.number().catch(0),
  status: z.string().catch(''),
  was: z.string().catch(''),
  reason: z.string().optional().catch(undefined),
  keptRunStartsAt: z.coerce.date().optional().catch(undefined),
  rank: z.number().catch(0),
  intoStartsAt: z.coerce.date().optional().catch(undefined),
  until: z.coerce.date().optional().catch(undefined),
  afterExpiry: z.enum(['out', 'end', 'confirm']).catch('out'),
});
type Told = { text: TextKey; values: Record<string, string | number> };
type Names = ReadonlyMap<string, string>;
type Teller = { run: Run; language: Language; bookers: Names; people: Names };

/** What happened in a run, as sentences. Names are put in here: the events themselves carry none. */
export async function historyOf(run: Run, queue: readonly QueueEntry[], language: Language): Promise<Happening[]> {
  // Events of one transaction may share their instant; their ids still say which came first.
  return happeningsOf((await eventsAbout({ runId: run.id })).toSorted(byTime), { run, queue, language });
}

/** Events of a run as sentences, in their order. */
export async function happeningsOf(
  events: readonly HistoryEvent[],
  { run, queue, language }: { run: Run; queue: readonly QueueEntry[]; language: Language },
): Promise<Happening[]> {
  const names = await namesOf(events);
  const bookers = new Map(queue.map(({ id, booker }) => [id, booker.name]));
  const teller = { run, language, bookers, people: names };
  return events.map((event) => ({
    id: event.id,
    at: event.at,
    ...told(event, teller),
    by: byWhom(event, names),
    ...(event.about.changeId && { changeId: event.about.changeId }),
  }));
}

/** One event of a plan as a sentence, without who did it. */
export function toldOf(event: HistoryEvent, run: Run, language: Language): Told {
  return told(event, { run, language, bookers: new Map(), people: new Map() });
}

function told(event: HistoryEvent, teller: Teller): Told {
  const known = facts.parse(event.facts);
  const who = teller.bookers.get(event.about.bookingId ?? '') ?? '';
  switch (event.type) {
    case 'session-planned':
      return { text: 'desk.event-session-planned', values: { when: when(known.startsAt, teller) } };
    case 'session-moved':
      return moved(known, teller);
    case 'session-added':
      return { text: 'desk.event-session-added', values: {} };
    case 'session-cancelled':
      return { text: 'desk.event-session-cancelled', values: { when: when(known.before?.startsAt, teller) } };
    case 'run-merged':
      return known.intoStartsAt
        ? { text: 'desk.event-run-merged-into', values: { when: when(known.intoStartsAt, teller) } }
        : plain(event.type, { who, whom: '' });
    case 'trainers-changed':
      return {
        text: 'desk.event-trainers-changed',
        values: { assigned: known.assigned.length, released: known.released.length },
      };
    case 'conflicts-overridden':
      return { text: 'rooms.event-conflicts-overridden', values: { reason: known.reason ?? '' } };
    case 'capacity-changed':
      return {
        text: 'desk.event-capacity-changed',
        values: { after: typeof known.after === 'number' ? known.after : 0 },
      };
    case 'booking-lifted':
      return {
        text: 'desk.event-booking-lifted',
        values: { who, priority: known.priority, reason: known.reason ?? '' },
      };
    case 'booking-priority-withdrawn':
      return { text: 'desk.event-booking-priority-withdrawn', values: { who, reason: known.reason ?? '' } };
    case 'contingent-kept':
      return { text: 'desk.event-contingent-kept', values: { places: known.places } };
    case 'contingent-released':
      return { text: 'desk.event-contingent-released', values: { places: known.places } };
    case 'booking-made':
      return { text: 'desk.event-booking-made', values: { who, places: known.places } };
    case 'booking-decided':
      return known.status === 'confirmed'
        ? { text: 'desk.event-booking-confirmed', values: { who } }
        : { text: 'desk.event-booking-waits', values: { who, reason: because(known.reason, teller) } };
    case 'approval-asked':
      return { text: 'approval.event-approval-asked', values: { who, until: when(known.until, teller) } };
    case 'approval-expired':
      return { text: `approval.event-approval-expired-${known.afterExpiry}`, values: { who } };
    case 'booking-waits':
      if (known.passes > 0) {
        const values = { who, reason: because(known.reason, teller), passes: known.passes };
        return { text: 'desk.event-booking-passed', values };
      }
      return { text: 'desk.event-booking-still-waits', values: { who, reason: because(known.reason, teller) } };
    case 'wish-ended':
      return {
        text: 'desk.event-wish-ended',
        values: { who, day: when(known.keptRunStartsAt, teller), rank: known.rank },
      };
    case 'booking-divided':
      return { text: 'desk.event-booking-divided', values: { who, places: known.places, of: known.of } };
    case 'booking-reduced':
    case 'booking-split':
    case 'booking-left':
    case 'names-lapsed':
      return { text: `desk.event-${event.type}`, values: { who, places: known.places, of: known.of } };
    case 'booking-cancelled':
      return {
        text: known.was === 'waiting' ? 'desk.event-waiting-left' : 'desk.event-booking-cancelled',
        values: { who },
      };
    default:
      return plain(event.type, { who, whom: teller.people.get(event.about.personId ?? '') ?? '' });
  }
}

/** Events whose sentence needs no more than a name. */
function plain(type: string, names: { who: string; whom: string }): Told {
  const key = `desk.event-${type}`;
  return isTextKey(key) ? { text: key, values: names } : { text: 'desk.event-other', values: { type } };
}

function moved({ before, after }: z.infer<typeof facts>, teller: Teller): Told {
  if (!before || typeof after !== 'object') return { text: 'desk.event-session-changed', values: {} };
  const isSameTime =
    before.startsAt.getTime() === after.startsAt.getTime() && before.endsAt.getTime() === after.endsAt.getTime();
  const [from, to] = [when(before.startsAt, teller), when(after.startsAt, teller)];
  const [place, elsewhere] = [before.location, after.location];
  if (isSameTime) return { text: 'desk.event-session-relocated', values: { when: to, from: place, to: elsewhere } };
  if (place === elsewhere) return { text: 'desk.event-session-moved', values: { from, to } };
  return { text: 'desk.event-session-moved-elsewhere', values: { from, to, before: place, after: elsewhere } };
}

function when(at: Date | undefined, { run, language }: Teller): string {
  return at ? momentOf(at, run.timeZone, language) : '';
}

function because(reason: string | undefined, { language }: Teller): string {
  const key = `desk.because-${reason}`;
  return isTextKey(key) ? text(language, key) : '';
}

function byWhom({ by, about }: HistoryEvent, names: Names): Happening['by'] {
  if (by.kind === 'person') {
    const name = names.get(by.id ?? '');
    if (name && by.id === about.personId) return { text: 'desk.by-trainer', name };
    return name ? { text: 'desk.by-person', name } : { text: 'desk.by-token', name: '' };
  }
  if (by.kind === 'approver') return { text: 'approval.by-approver', name: '' };
  if (by.kind === 'holder') return { text: 'desk.by-holder', name: '' };
  if (by.kind === 'invited') return { text: 'desk.by-invited', name: '' };
  return { text: by.kind === 'system' ? 'desk.by-system' : 'desk.by-anyone', name: '' };
}

async function namesOf(events: readonly HistoryEvent[]): Promise<Map<string, string>> {
  const actors = events.flatMap(({ by }) => (by.kind === 'person' && by.id ? [by.id] : []));
  const ids = [...new Set([...actors, ...events.flatMap(({ about }) => about.personId ?? [])])];
  const people = await Promise.all(ids.map(personById));
  return new Map(people.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}

function byTime(one: HistoryEvent, other: HistoryEvent): number {
  return one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1);
}
