import type { Language } from './texts/texts.ts';

const names: Record<Language, Intl.DisplayNames> = {
  de: new Intl.DisplayNames('de-DE', { type: 'language' }),
  en: new Intl.DisplayNames('en-GB', { type: 'language' }),
};

/** `tr` → "Türkisch"; a code that names no language stays a code. */
export function languageName(code: string, language: Language): string {
  return names[language].of(code) ?? code;
}
