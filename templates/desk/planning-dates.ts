import { formatted } from '../dates.ts';
import type { Language } from '../texts/texts.ts';

/** "Di., 3. März 2026" for `2026-03-03`, or what was typed where that is no day. */
export function dateLabel(day: string, language: Language): string {
  const instant = new Date(`${day}T12:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant.getTime())
    ? formatted('shortDay', instant, 'UTC', language)
    : day;
}
