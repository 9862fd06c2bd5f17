import type { Request } from 'express';
import { startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { moduleField } from '../../templates/modules/module-choice.tsx';
import { bookPlacesInput, mostPlaces, type BookPlaces } from '../modules/booking/index.ts';
import type { AppError } from '../platform/errors.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, readForm, refusedForm } from '../web/forms.ts';
import { postedFields } from '../web/malformed.ts';

const firstRows = 3;
const moreRows = 5;
const bookingInput = bookPlacesInput.omit({ modules: true });

/**
 * What the form shows besides the run: `rows` lines for participants, none where somebody books for herself, or
 * (`isHeadCount`) for a group that comes without names.
 */
export type BookingForm = { form: FormState; rows: number; isHeadCount: boolean; requestKey: string };
export type SentBookingForm = BookingForm & { value?: BookPlaces };

export function newBookingForm({
  whom,
  known = {},
}: {
  whom: 'one' | 'group' | 'head-count';
  known?: Record<string, string>;
}): BookingForm {
  const rows = whom === 'group' ? firstRows : 0;
  return { form: startingWith(known), rows, isHeadCount: whom === 'head-count', requestKey: randomSecret() };
}

/**
 * The form as it was sent; with a `value` when it is right and is not only to be shown with more lines. `byModule`:
 * modules have to be chosen.
 */
export function readBookingForm(req: Request, { byModule }: { byModule: boolean }): SentBookingForm {
  const { value: read, values, errors = [] } = readForm(bookingInput, req);
  const modules = modulesIn(req);
  const value = read && modules.length > 0 ? { ...read, modules } : read;
  const isHeadCount = formField(req, '_more') === 'head-count' || formField(req, '_headCount') !== undefined;
  const shown = { rows: isHeadCount ? 0 : rowsOf(req, values), isHeadCount, requestKey: keyOf(req) };
  const self = formField(req, '_self');
  const chosen = Object.fromEntries(modules.map((id) => [moduleField(id), 'on']));
  const institution = formField(req, '_institution');
  const own = {
    ...(self !== undefined && { _self: self }),
    ...(institution !== undefined && { _institution: institution }),
  };
  const typed = { ...values, ...chosen, ...own };
  if (asksForRows(req)) return { ...shown, form: { values: typed, errors: [] } };

  const isGroup = shown.rows > 0;
  const wrong = [
    ...(byModule && modules.length === 0 ? [{ field: 'modules', key: 'modules.choose-one' as const }] : []),
    ...errors,
    ...(isHeadCount && value ? missingOfGroup(value) : []),
    ...(value && isGroup ? nobodyIn(value, self) : []),
  ];
  if (!value || wrong.length > 0) return { ...shown, form: { values: typed, errors: wrong } };
  return { ...shown, form: { values: typed, errors: [] }, value: isGroup ? withBooker(value, self) : value };
}

/** The form again with the refusal, at the field it is about; sending it once more is then a request of its own. */
export function refusedBookingForm({ form, rows, isHeadCount }: SentBookingForm, refusal: AppError): BookingForm {
  const field = fieldOf(refusal, isHeadCount ? 1 : rows);
  return { form: refusedForm({ ...form.values }, refusal, field), rows, isHeadCount, requestKey: randomSecret() };
}

/** The modules that are chosen, by the boxes that were ticked. */
export function modulesIn(req: Request): string[] {
  return Object.keys(postedFields(req)).flatMap((name) => /^_module_([0-9a-f]{24})$/.exec(name)?.[1] ?? []);
}

function fieldOf({ code }: AppError, rows: number): string | undefined {
  if (code === 'institution-required') return 'institution';
  if (code === 'superior-required' || code === 'own-superior') return 'superior.email';
  if (code === 'not-admitted' || code === 'too-many-guesses') return 'code';
  if (code === 'alternative-not-there') return 'alternatives[0]';
  if (code === 'module-begun' || code === 'unknown-module') return 'modules';
  if (code === 'group-needs-names') return 'group';
  if (rows === 0) return undefined;
  if (code === 'group-needs-companion') return 'places';
  if (code === 'fewer-places-than-participants' || code === 'over-institution-limit') return 'places';
  return code === 'same-person-twice' ? 'participants[0].name' : undefined;
}

/** A group needs a name or a number; whoever sits there alone has the other form. */
function nobodyIn({ participants = [], places }: BookPlaces, self: string | undefined): FieldError[] {
  if (participants.length > 0 || places !== undefined || self !== undefined) return [];
  return [{ field: 'participants[0].name', key: 'errors.nobody' }];
}

/** A group without names is known by what it is called and how many it is. */
function missingOfGroup({ group, places }: BookPlaces): FieldError[] {
  const missing = [...(group === undefined ? ['group'] : []), ...(places === undefined ? ['places'] : [])];
  return missing.map((field) => ({ field, key: 'errors.required' }));
}

function withBooker(value: BookPlaces, self: string | undefined): BookPlaces {
  if (self === undefined) return value;
  const { booker, access, ...rest } = value;
  const oneself = { name: booker.name, email: booker.email, ...(access && { access }) };
  return { ...rest, booker, participants: [oneself, ...(value.participants ?? [])] };
}

function asksForRows(req: Request): boolean {
  return formField(req, '_more') !== undefined;
}

function rowsOf(req: Request, values: Record<string, string>): number {
  const shown = Number(formField(req, '_rows') ?? 0);
  const typed = Object.keys(values).filter((name) => /^participants\[\d+\]\.name$/.test(name)).length;
  const wanted = formField(req, '_more') === 'group' ? firstRows : asksForRows(req) ? moreRows : 0;
  const rows = Math.max(Number.isInteger(shown) && shown > 0 ? shown : 0, typed) + wanted;
  return Math.min(rows, mostPlaces);
}

/** The key came with the form; a form without one that could be ours books without. */
function keyOf(req: Request): string {
  const key = formField(req, '_key') ?? '';
  return /^[\w-]{20,60}$/.test(key) ? key : randomSecret();
}
