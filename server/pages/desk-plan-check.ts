import type { Request } from 'express';
import type { RoomChoices } from '../../templates/desk/session-fields.tsx';
import { rowsIn } from '../../templates/desk/rows.tsx';
import type { PlanCheck } from '../../templates/desk/plan-check.tsx';
import type { FieldError, FormState } from '../../templates/form.ts';
import { accessNeedsOfRun, declaredIn, type RunDetails } from '../modules/booking/index.ts';
import {
  conflictsIn,
  PlanConflicts,
  roomsAt,
  sessionInput,
  type Conflict,
  type Occupied,
  type Session,
} from '../modules/scheduling/index.ts';
import type { AppError } from '../platform/errors.ts';
import { formField } from '../web/forms.ts';
import { postedFields } from '../web/malformed.ts';
import { actorOf } from '../web/request.ts';
import { conflictField, countedByWeight, refusedPlan, sentencesOf } from './desk-conflicts.ts';
import { civilSession, sessionIn } from './desk-times.ts';

type Values = Readonly<Record<string, string>>;
/** A session as a form has it so far. `prefix`: what stands before the names of its fields. */
export type SessionInForm = { prefix: string; session: Occupied };
type Coming = Omit<Parameters<typeof conflictsIn>[0], 'sessions'>;

const when = civilSession.pick({ date: true, from: true, until: true, endsOn: true });
const id = /^[0-9a-f]{24}$/;

/** What was typed so far, without the form's own fields. */
export function typedIn(req: Request): Record<string, string> {
  return Object.fromEntries(Object.entries(postedFields(req)).filter(([name]) => !name.startsWith('_')));
}

/** The session whose fields begin so, as soon as its time can be read. */
export function sessionInForm(values: Values, prefix: string, own?: { id: string; runId: string }): SessionInForm[] {
  const cell = (name: string) => values[prefix + name] || undefined;
  const [date, from, until, endsOn] = ['date', 'from', 'until', 'endsOn'].map(cell);
  const civil = when.safeParse({ date, from, until, ...(endsOn && { endsOn }) });
  const zone = sessionInput.shape.timeZone.safeParse(values['timeZone']);
  if (!civil.success || !zone.success) return [];
  const { session } = sessionIn({ ...civil.data, location: cell('location') ?? '' }, zone.data);
  if (!session || session.startsAt >= session.endsAt) return [];
  const roomId = cell('roomId');
  const trainerIds = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(`${prefix}trainers[`) && id.test(value) ? [value] : [],
  );
  const { startsAt, endsAt, timeZone, location } = session;
  const sitting = { startsAt, endsAt, timeZone, location, trainerIds, ...(roomId && id.test(roomId) && { roomId }) };
  const known = own ? { id: own.id, runId: own.runId } : { id: `new-${prefix}`, runId: 'new' };
  return [{ prefix, session: { ...known, ...sitting } }];
}

/** Sessions of a list `dates` that were there before, as they are to be, with the trainers that they had. */
export function sessionsInForm(values: Values, before: readonly Session[]): SessionInForm[] {
  return Array.from({ length: rowsIn({ values, errors: [] }, 'dates') }, (_, row) => {
    const prefix = `dates[${row}].`;
    const was = before.find(({ id: known }) => known === values[`${prefix}sessionId`]);
    const [planned] = was ? sessionInForm({ timeZone: was.timeZone, ...values }, prefix, was) : [];
    return planned && was ? [{ prefix, session: { ...planned.session, trainerIds: was.trainerIds } }] : [];
  }).flat();
}

/** The form with what speaks against its sessions, each at its field; nothing is refused, and nothing is saved. */
export async function withNotes(
  req: Request,
  form: FormState,
  sessions: readonly SessionInForm[],
  coming: Coming = {},
): Promise<FormState> {
  return noted(req, form, sessions, await conflictsOf(sessions, coming));
}

function conflictsOf(sessions: readonly SessionInForm[], coming: Coming = {}): Promise<Conflict[]> {
  return conflictsIn({ ...coming, sessions: sessions.map(({ session }) => session) });
}

async function noted(
  req: Request,
  form: FormState,
  sessions: readonly SessionInForm[],
  conflicts: readonly Conflict[],
): Promise<FormState> {
  const sentences = await sentencesOf(req, conflicts);
  const notes = conflicts.flatMap((conflict, index): FieldError[] => {
    const sentence = sentences[index];
    const field = conflictField(conflict, sessions[conflict.session]?.prefix ?? '', form.values);
    const isSaid = form.errors.some((error) => error.field === field && error.key === sentence?.key);
    return sentence && !isSaid ? [{ ...sentence, field }] : [];
  });
  return { ...form, notes: [...(form.notes ?? []), ...notes] };
}

/**
 * The form of several sessions that met a conflict: every hard one at the day or room that it concerns, not just the first
 * that was found; what an override would have to name is in the form.
 */
export async function withConflictsAt(
  req: Request,
  form: FormState,
  planned: readonly SessionInForm[],
  refusal?: AppError,
): Promise<FormState> {
  if (!(refusal instanceof PlanConflicts)) return form;
  const hard = (await conflictsOf(planned)).filter(({ isHard }) => isHard);
  if (hard.length === 0) return form;
  const prefixOf = (session: number) => planned[session]?.prefix ?? '';
  return refusedPlan(req, { ...form.values }, new PlanConflicts(hard), { prefixOf });
}

/** Whether the button was pressed that asks what speaks against the plan, and saves nothing. */
export function isPlanCheck(req: Request): boolean {
  return formField(req, '_do') === 'check';
}

type Typed = {
  errors?: readonly FieldError[] | undefined;
  sessions: readonly SessionInForm[];
  /** How many sessions the form has, also those whose time cannot be read yet. */
  rows: number;
};

/** The answer to that button: everything that speaks against the plan as it was typed, counted, and each at its field. */
export async function planChecked(
  req: Request,
  { errors = [], sessions, rows }: Typed,
  coming: Coming,
): Promise<{ form: FormState; checked: PlanCheck }> {
  const conflicts = await conflictsOf(sessions, coming);
  const form = await noted(req, { values: typedIn(req), errors }, sessions, conflicts);
  const skipped = rows - sessions.length;
  return { form, checked: { sessions: sessions.length, skipped, ...countedByWeight(conflicts) } };
}

/** Who comes to a run that is planned already: how many, what it needs, and what those who booked need. */
export async function comingTo(req: Request, { run, places }: Pick<RunDetails, 'run' | 'places'>): Promise<Coming> {
  const declared = declaredIn(await accessNeedsOfRun(actorOf(req), run.id));
  return { capacity: places.capacity, needs: run.needs, declared };
}

/** The rooms by what stands in their way at the time of a session. */
export async function roomChoices(
  req: Request,
  { session }: SessionInForm,
  { providerId, ...coming }: Coming & { providerId: string },
): Promise<RoomChoices & { taken: readonly string[] }> {
  const { startsAt, endsAt, timeZone } = session;
  const found = await roomsAt(actorOf(req), { ...coming, providerId, startsAt, endsAt, timeZone });
  const ids = (is: (conflicts: (typeof found)[number]['conflicts']) => boolean) =>
    found.flatMap(({ room, conflicts }) => (is(conflicts) ? [room.id] : []));
  return {
    free: ids((conflicts) => conflicts.length === 0),
    warned: ids((conflicts) => conflicts.length > 0 && conflicts.every(({ isHard }) => !isHard)),
    taken: ids((conflicts) => conflicts.some(({ isHard }) => isHard)),
  };
}
