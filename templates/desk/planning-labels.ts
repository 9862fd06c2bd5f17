import type { TextKey, Translate } from '../texts/texts.ts';
import { queueLabels } from './queue-labels.ts';

const labels: Record<string, TextKey> = {
  pattern: 'planning.pattern',
  everyWeeks: 'planning.every-weeks',
  placeInMonth: 'planning.place-in-month',
  startsOn: 'planning.starts-on',
  firstOn: 'planning.copy-first-on',
  count: 'planning.count',
  lastOn: 'planning.last-on',
  from: 'desk.from',
  until: 'desk.until',
  timeZone: 'desk.time-zone',
  land: 'planning.land',
  location: 'desk.location',
  roomId: 'planning.room',
  capacity: 'desk.capacity',
  minimum: 'desk.minimum',
  cancellationHours: 'desk.cancellation-hours',
  ...queueLabels,
  date: 'desk.date',
  take: 'planning.take',
  module: 'desk.module',
};

/** What a field of planning is called, with the day it stands at: "Di., 3. März 2026, Beginn". */
export function planningLabel(field: string, t: Translate, days: readonly string[] = []): string | undefined {
  const [, index, inRow] = /^sessions\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  const key = labels[inRow ?? field];
  if (!key || index === undefined) return key && t(key);
  return `${days[Number(index)] ?? String(Number(index) + 1)}, ${t(key)}`;
}
