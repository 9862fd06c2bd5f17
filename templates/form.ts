import type { TextKey, TextValues } from './texts/texts.ts';

/** What is wrong with a field, as the key of its sentence. Without a field it concerns the whole form. */
export type FieldError = {
  field?: string;
  key: TextKey;
  values?: TextValues;
  /** Where more can be seen of what is in the way. */
  link?: { href: string; key: TextKey };
};

/** A form as it is shown: what was typed, to the letter, by field name, and what is wrong with it. */
export type FormState = {
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  /** What is worth knowing about a field, without being a mistake. */
  notes?: readonly FieldError[];
};

export const emptyForm: FormState = { values: {}, errors: [] };

/** A form that shows `values` at first, and then what was typed. */
export function startingWith(values: Readonly<Record<string, string | undefined>>): FormState {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { values: Object.fromEntries(given), errors: [] };
}

/** The element id of a field: `participants[0].name` → `participants-0-name`. */
export function fieldId(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');
}

export function errorOf(form: FormState, name: string): FieldError | undefined {
  return errorsOf(form, name)[0];
}

export function errorsOf(form: FormState, name: string): FieldError[] {
  return form.errors.filter((error) => error.field === name);
}

export function notesOf({ notes = [] }: FormState, name: string): FieldError[] {
  return notes.filter(({ field }) => field === name);
}
