import type { TextKey, Translate } from '../texts/texts.ts';
import { queueLabels } from './queue-labels.ts';

const labels: Record<string, TextKey> = {
  summary: 'desk.seminar-summary',
  description: 'desk.seminar-description',
  kind: 'desk.seminar-kind',
  language: 'desk.seminar-language',
  provider: 'desk.provider',
  capacity: 'desk.capacity',
  minimum: 'desk.minimum',
  decisionOn: 'decisions.decision-on',
  substituteUntilOn: 'names.substitute-until-on',
  namesUntilOn: 'names.names-until-on',
  afterNames: 'names.after-names',
  groups: 'names.groups',
  cancellationHours: 'desk.cancellation-hours',
  ...queueLabels,
  timeZone: 'desk.time-zone',
  date: 'desk.date',
  from: 'desk.from',
  until: 'desk.until',
  endsOn: 'desk.ends-on',
  location: 'desk.location',
  land: 'planning.land',
  roomId: 'rooms.room',
  'override.reason': 'rooms.override-reason',
  module: 'desk.module',
  content: 'desk.module-content',
  teachingUnits: 'modules.teaching-units',
  booking: 'modules.booking-mode',
};

/** What a field of the desk is called, with the row it stands in: "Termin 2, Tag". */
export function deskLabel(field: string, t: Translate): string | undefined {
  const [, list, index, inRow] = /^(sessions|modules)\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  const key = (inRow ?? field) === 'title' ? titleOf(list) : labels[inRow ?? field];
  if (!key || list === undefined) return key && t(key);
  const number = Number(index) + 1;
  return `${t(list === 'sessions' ? 'desk.session-number' : 'desk.module-number', { number })}, ${t(key)}`;
}

function titleOf(list: string | undefined): TextKey {
  return list === 'modules' ? 'desk.module-title' : 'desk.seminar-title';
}
