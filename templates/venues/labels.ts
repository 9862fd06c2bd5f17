import type { TextKey, Translate } from '../texts/texts.ts';

const labels: Record<string, TextKey> = {
  name: 'rooms.venue-name',
  provider: 'rooms.venue-owner',
  postalCode: 'rooms.postal-code',
  town: 'rooms.town',
  howToFind: 'rooms.how-to-find',
  accessNotes: 'rooms.access-notes',
  'addressLines[0]': 'rooms.address-line',
  'addressLines[1]': 'rooms.address-more',
  setUpMinutes: 'rooms.set-up',
  clearUpMinutes: 'rooms.clear-up',
  reason: 'rooms.block-reason',
  fromDay: 'rooms.block-from-day',
  from: 'rooms.block-from',
  untilDay: 'rooms.block-until-day',
  until: 'rooms.block-until',
  usual: 'rooms.travel-usual',
};
const weekdays: Record<string, TextKey> = {
  mon: 'rooms.weekday-1',
  tue: 'rooms.weekday-2',
  wed: 'rooms.weekday-3',
  thu: 'rooms.weekday-4',
  fri: 'rooms.weekday-5',
  sat: 'rooms.weekday-6',
  sun: 'rooms.weekday-7',
};
const seatings: Record<string, TextKey> = {
  rows: 'rooms.seating-rows',
  tables: 'rooms.seating-tables',
  'u-shape': 'rooms.seating-u-shape',
  circle: 'rooms.seating-circle',
};

/** What a field of these forms is called: "Montag: öffnet". */
export function venueLabel(field: string, t: Translate): string | undefined {
  const [, day = '', end] = /^hours\.(\w+)\.(\w+)$/.exec(field) ?? [];
  const weekday = weekdays[day];
  if (weekday) return t(end === 'from' ? 'rooms.opens-on' : 'rooms.closes-on', { day: t(weekday) });
  const [, row, closedEnd] = /^closedDays\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  if (row !== undefined) {
    const which = t(closedEnd === 'from' ? 'rooms.closed-from' : 'rooms.closed-until');
    return `${t('rooms.closed-row', { number: Number(row) + 1 })}, ${which}`;
  }
  const seating = seatings[/^places\.(.+)$/.exec(field)?.[1] ?? ''];
  const key = seating ?? labels[field];
  return key && t(key);
}
