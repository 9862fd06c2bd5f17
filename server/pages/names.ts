import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NamesPreview } from '../../templates/bookings/names-preview.tsx';
import { NamesPage } from '../../templates/bookings/names.tsx';
import { SubstitutionPage } from '../../templates/bookings/substitution.tsx';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import {
  bookingOfHolder,
  holderOf,
  namePlaces,
  namePlacesInput,
  personInput,
  readPeopleList,
  substituteParticipant,
  type Booking,
} from '../modules/booking/index.ts';
import { tableOfFile, tableOfText, textOfTable, type Columns, type Table } from '../modules/lists/index.ts';
import { notFound, type AppError } from '../platform/errors.ts';
import { postedFile, readFileFormOf } from '../web/file-form.ts';
import { formField, isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { statusOfKind } from '../web/status.ts';

const listForm = z.strictObject({
  list: z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(50_000, { error: 'too-long' }),
  nameColumn: z.coerce.number().int().min(0).max(200).optional(),
  givenNameColumn: z.coerce.number().int().min(0).max(200).optional(),
  emailColumn: z.coerce.number().int().min(0).max(200).optional(),
});

/** Saying who sits in places without names, and putting somebody in another's place, by the link of a booking. */
export function names(): Router {
  const pages = Router();
  listRoutes(pages);
  const substitution = '/bookings/:token/participants/:participantId/substitution';

  pages.get('/bookings/:token/names', async (req, res) => {
    await renderNames(res, await bookingBehind(req.params.token), emptyForm);
  });

  pages.post('/bookings/:token/names', async (req, res) => {
    const booking = await bookingBehind(req.params.token);
    const form = readForm(namePlacesInput, req);
    if (form.errors) return renderNames(res.status(422), booking, form);
    const done = await named(booking, form.value.participants);
    if (!isRefusal(done)) return res.redirect(303, paths.booking(booking.token));
    const field = 'participants[0].name';
    await renderNames(res.status(statusOfKind[done.kind]), booking, refusedForm(form.values, done, field));
  });

  pages.get(substitution, async (req, res) => {
    renderSubstitution(res, await seatBehind(req.params), emptyForm);
  });

  pages.post(substitution, async (req, res) => {
    const seat = await seatBehind(req.params);
    const form = readForm(personInput, req);
    if (form.errors) return renderSubstitution(res.status(422), seat, form);
    const { booking, participant } = seat;
    const holder = await holderOf(booking.token);
    const done = await orRefusal(
      substituteParticipant(holder, { bookingId: booking.id, participantId: participant.id, person: form.value }),
    );
    if (!isRefusal(done)) return res.redirect(303, paths.booking(booking.token));
    renderSubstitution(res.status(statusOfKind[done.kind]), seat, refusedForm(form.values, done));
  });

  return pages;
}

function listRoutes(pages: Router): void {
  pages.post('/bookings/:token/names/list', async (req, res) => {
    const booking = await bookingBehind(req.params.token);
    const form = readForm(listForm, req);
    if (form.errors) return renderNames(res.status(422), booking, form);
    const table = await orRefusal(Promise.resolve().then(() => tableOfText(form.value.list)));
    if (isRefusal(table)) return renderNames(res.status(422), booking, refusedForm(form.values, table, 'list'));

    const columns = columnsIn(form.value);
    const { people, tooMany } = readPeopleList(booking, table, columns);
    const isSound = people.length > 0 && !tooMany && people.every(({ problem }) => !problem);
    if (formField(req, '_take') === undefined || !isSound) return renderPreview(res, booking, table, { columns });
    const done = await named(booking, people);
    if (!isRefusal(done)) return res.redirect(303, paths.booking(booking.token));
    renderPreview(res.status(statusOfKind[done.kind]), booking, table, { columns, refusal: done });
  });

  const bookingThere = async (req: Request<{ token: string }>) => bookingBehind(req.params.token);
  pages.post('/bookings/:token/names/file', ...readFileFormOf(bookingThere), async (req, res) => {
    const booking = await bookingBehind(req.params.token);
    const chosen = postedFile(req, 'file');
    if (!chosen) return renderNames(res.status(422), booking, { values: {}, errors: [noFile] });
    const table = await orRefusal(tableOfFile(chosen.bytes));
    if (isRefusal(table)) return renderNames(res.status(422), booking, refusedForm({}, table, 'file'));
    renderPreview(res, booking, table, {});
  });
}

const noFile = { field: 'file', key: 'names.no-file' as const };

async function named(booking: Booking, people: readonly { name: string; email: string }[]) {
  const given = people.map(({ name, email }) => ({ name, email }));
  return orRefusal(namePlaces(await holderOf(booking.token), { bookingId: booking.id, people: given }));
}

async function bookingBehind(token: string): Promise<Booking> {
  return (await bookingOfHolder(await holderOf(token))).booking;
}

async function seatBehind({ token, participantId }: { token: string; participantId: string }) {
  const booking = await bookingBehind(token);
  const participant = booking.participants.find(({ id }) => id === participantId);
  if (!participant) throw notFound('participant');
  return { booking, participant };
}

function columnsIn({ nameColumn, givenNameColumn, emailColumn }: z.infer<typeof listForm>): Columns | undefined {
  if (nameColumn === undefined || emailColumn === undefined) return undefined;
  return { name: nameColumn, email: emailColumn, ...(givenNameColumn !== undefined && { givenName: givenNameColumn }) };
}

/** The ways to say who sits in places without names, as they stand now. */
export async function renderNames(res: Response, { token }: Pick<Booking, 'token'>, form: FormState): Promise<void> {
  const { booking, details, mayName } = await bookingOfHolder(await holderOf(token));
  render(res, NamesPage, { booking, timeZone: details.run.timeZone, mayAsk: mayName.details, form });
}

function renderSubstitution(res: Response, seat: Awaited<ReturnType<typeof seatBehind>>, form: FormState): void {
  render(res, SubstitutionPage, { ...seat, form });
}

function renderPreview(
  res: Response,
  booking: Booking,
  table: Table,
  { columns, refusal }: { columns?: Columns | undefined; refusal?: AppError },
): void {
  const read = readPeopleList(booking, table, columns);
  const { name, givenName, email } = read.columns;
  const values = {
    list: textOfTable(table),
    nameColumn: String(name),
    emailColumn: String(email),
    ...(givenName !== undefined && { givenNameColumn: String(givenName) }),
  };
  render(res, NamesPreview, {
    booking,
    table,
    read,
    form: refusal ? refusedForm(values, refusal, 'list') : startingWith(values),
  });
}
