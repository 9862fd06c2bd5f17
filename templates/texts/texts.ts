import { IntlMessageFormat } from 'intl-messageformat';
import approvalDe from './de/approval.json' with { type: 'json' };
import bookingDe from './de/booking.json' with { type: 'json' };
import changesDe from './de/changes.json' with { type: 'json' };
import calendarDe from './de/calendar.json' with { type: 'json' };
import deskMailDe from './de/desk-mail.json' with { type: 'json' };
import decisionsDe from './de/decisions.json' with { type: 'json' };
import demandDe from './de/demand.json' with { type: 'json' };
import deskDe from './de/desk.json' with { type: 'json' };
import errorsDe from './de/errors.json' with { type: 'json' };
import devMailDe from './de/dev-mail.json' with { type: 'json' };
import holidaysDe from './de/holidays.json' with { type: 'json' };
import informationDe from './de/information.json' with { type: 'json' };
import institutionsDe from './de/institutions.json' with { type: 'json' };
import layoutDe from './de/layout.json' with { type: 'json' };
import namesDe from './de/names.json' with { type: 'json' };
import modulesDe from './de/modules.json' with { type: 'json' };
import planningDe from './de/planning.json' with { type: 'json' };
import publicDe from './de/public.json' with { type: 'json' };
import queueDe from './de/queue.json' with { type: 'json' };
import refusalsDe from './de/refusals.json' with { type: 'json' };
import remindersDe from './de/reminders.json' with { type: 'json' };
import rightsDe from './de/rights.json' with { type: 'json' };
import roomsDe from './de/rooms.json' with { type: 'json' };
import signInDe from './de/sign-in.json' with { type: 'json' };
import teachingDe from './de/teaching.json' with { type: 'json' };
import trainerDe from './de/trainer.json' with { type: 'json' };
import wordingDe from './de/wording.json' with { type: 'json' };
import approvalEn from './en/approval.json' with { type: 'json' };
import bookingEn from './en/booking.json' with { type: 'json' };
import changesEn from './en/changes.json' with { type: 'json' };
import calendarEn from './en/calendar.json' with { type: 'json' };
import deskMailEn from './en/desk-mail.json' with { type: 'json' };
import decisionsEn from './en/decisions.json' with { type: 'json' };
import demandEn from './en/demand.json' with { type: 'json' };
import deskEn from './en/desk.json' with { type: 'json' };
import errorsEn from './en/errors.json' with { type: 'json' };
import devMailEn from './en/dev-mail.json' with { type: 'json' };
import holidaysEn from './en/holidays.json' with { type: 'json' };
import informationEn from './en/information.json' with { type: 'json' };
import institutionsEn from './en/institutions.json' with { type: 'json' };
import layoutEn from './en/layout.json' with { type: 'json' };
import namesEn from './en/names.json' with { type: 'json' };
import modulesEn from './en/modules.json' with { type: 'json' };
import planningEn from './en/planning.json' with { type: 'json' };
import publicEn from './en/public.json' with { type: 'json' };
import queueEn from './en/queue.json' with { type: 'json' };
import refusalsEn from './en/refusals.json' with { type: 'json' };
import remindersEn from './en/reminders.json' with { type: 'json' };
import rightsEn from './en/rights.json' with { type: 'json' };
import roomsEn from './en/rooms.json' with { type: 'json' };
import signInEn from './en/sign-in.json' with { type: 'json' };
import teachingEn from './en/teaching.json' with { type: 'json' };
import trainerEn from './en/trainer.json' with { type: 'json' };
import wordingEn from './en/wording.json' with { type: 'json' };

const german = {
  layout: layoutDe,
  planning: planningDe,
  public: publicDe,
  modules: modulesDe,
  names: namesDe,
  approval: approvalDe,
  booking: bookingDe,
  changes: changesDe,
  demand: demandDe,
  holidays: holidaysDe,
  information: informationDe,
  institutions: institutionsDe,
  'dev-mail': devMailDe,
  errors: errorsDe,
  queue: queueDe,
  refusals: refusalsDe,
  decisions: decisionsDe,
  desk: deskDe,
  'desk-mail': deskMailDe,
  calendar: calendarDe,
  reminders: remindersDe,
  rights: rightsDe,
  rooms: roomsDe,
  teaching: teachingDe,
  trainer: trainerDe,
  wording: wordingDe,
  'sign-in': signInDe,
};
type Texts = typeof german;
const english: { [Area in keyof Texts]: Record<string, string> } = {
  layout: layoutEn,
  planning: planningEn,
  public: publicEn,
  modules: modulesEn,
  names: namesEn,
  approval: approvalEn,
  booking: bookingEn,
  changes: changesEn,
  demand: demandEn,
  holidays: holidaysEn,
  information: informationEn,
  institutions: institutionsEn,
  'dev-mail': devMailEn,
  errors: errorsEn,
  queue: queueEn,
  refusals: refusalsEn,
  decisions: decisionsEn,
  desk: deskEn,
  'desk-mail': deskMailEn,
  calendar: calendarEn,
  reminders: remindersEn,
  rights: rightsEn,
  rooms: roomsEn,
  teaching: teachingEn,
  trainer: trainerEn,
  wording: wordingEn,
  'sign-in': signInEn,
};

export type Language = 'de' | 'en';

/** `area.key`; German says which keys there are. */
export type TextKey = { [Area in keyof Texts]: `${Area}.${keyof Texts[Area] & string}` }[keyof Texts];
export type TextValues = Record<string, string | number | boolean | Date>;
export type Translate = (key: TextKey, values?: TextValues) => string;

const catalogues: Record<Language, ReadonlyMap<string, string>> = { de: flat(german), en: flat(english) };
const compiled = new Map<string, IntlMessageFormat>();

/** The text in `language`, its ICU placeholders filled with `values`. Plain text: whoever writes it into HTML escapes it. */
export function text(language: Language, key: TextKey, values?: TextValues): string {
  const pattern = catalogues[language].get(key) ?? key;
  if (!pattern.includes('{')) return pattern;
  return String(messageOf(language, key, pattern).format(values));
}

/** `text` bound to a language, as pages and mails use it. */
export const translations: Record<Language, Translate> = {
  de: (key, values) => text('de', key, values),
  en: (key, values) => text('en', key, values),
};

export function isTextKey(key: string): key is TextKey {
  return catalogues.de.has(key);
}

/** All keys of a language, for the test that none is missing. */
export function keysOf(language: Language): string[] {
  return [...catalogues[language].keys()];
}

function messageOf(language: Language, key: string, pattern: string): IntlMessageFormat {
  const id = `${language} ${key}`;
  const known = compiled.get(id);
  if (known) return known;
  const message = new IntlMessageFormat(pattern, language === 'en' ? 'en-GB' : 'de-DE');
  compiled.set(id, message);
  return message;
}

function flat(areas: Record<string, Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(areas).flatMap(([area, texts]) =>
      Object.entries(texts).map(([key, pattern]) => [`${area}.${key}`, pattern] as const),
    ),
  );
}
