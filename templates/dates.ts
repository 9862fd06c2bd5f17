import type { Language } from './texts/texts.ts';

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };
const formats = new Map<string, RememberingFormat>();
const mostInstants = 10_000;

const styles = {
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  shortDay: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  dayOfMonth: { day: 'numeric' },
  monthName: { month: 'short' },
  weekday: { weekday: 'short' },
  iso: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof styles;

/** An instant as people in `timeZone` read it. */
export function formatted(style: DateStyle, at: Date, timeZone: string, language: Language): string {
  const id = `${style} ${timeZone} ${language}`;
  let format = formats.get(id);
  if (!format) {
    format = new RememberingFormat(new Intl.DateTimeFormat(locales[language], { ...styles[style], timeZone }));
    formats.set(id, format);
  }
  return format.format(at);
}

/** Formatting is slow, and a catalogue asks for the same few instants again and again. */
class RememberingFormat {
  #format: Intl.DateTimeFormat;
  #known = new Map<number, string>();

  constructor(format: Intl.DateTimeFormat) {
    this.#format = format;
  }

  format(at: Date): string {
    const known = this.#known.get(at.getTime());
    if (known !== undefined) return known;

    if (this.#known.size >= mostInstants) this.#known.clear();
    const text = this.#format.format(at);
    this.#known.set(at.getTime(), text);
    return text;
  }
}

/** "Dienstag, 3. März 2026" */
export function dayOf(at: Date, timeZone: string, language: Language): string {
  return formatted('day', at, timeZone, language);
}

/** "09:00–16:30 Uhr", and the second day when it ends on another. */
export function timeSpan(span: { startsAt: Date; endsAt: Date; timeZone: string }, language: Language): string {
  const { startsAt, endsAt, timeZone } = span;
  const from = formatted('time', startsAt, timeZone, language);
  const to = formatted('time', endsAt, timeZone, language);
  const unit = language === 'de' ? ' Uhr' : '';
  const sameDay = isSameDay(startsAt, endsAt, timeZone);
  return sameDay ? `${from}–${to}${unit}` : `${from}${unit} – ${dayOf(endsAt, timeZone, language)}, ${to}${unit}`;
}

/** "Dienstag, 3. März 2026, 09:00 Uhr" */
export function momentOf(at: Date, timeZone: string, language: Language): string {
  return `${dayOf(at, timeZone, language)}, ${formatted('time', at, timeZone, language)}${language === 'de' ? ' Uhr' : ''}`;
}

/** `2026-03-03` on the zone's calendar: the value of a date field, and a key to compare days by. */
export function calendarDay(at: Date, timeZone: string): string {
  return formatted('iso', at, timeZone, 'en').replace(/(\d+)\/(\d+)\/(\d+)/, '$3-$2-$1');
}

/** `09:30` on the zone's clock: the value of a time field. */
export function clockTime(at: Date, timeZone: string): string {
  return formatted('time', at, timeZone, 'en');
}

export function isSameDay(one: Date, other: Date, timeZone: string): boolean {
  return calendarDay(one, timeZone) === calendarDay(other, timeZone);
}
