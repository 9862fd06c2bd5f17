import type { Request, Response } from 'express';
import { DateTime } from 'luxon';
import { dayOf, timeSpan } from '../../templates/dates.ts';
import { deskPaths } from '../../templates/desk/paths.ts';
import { withConflictsShown } from '../../templates/desk/override.tsx';
import type { FieldError, FormState } from '../../templates/form.ts';
import { isTextKey, text, type Language } from '../../templates/texts/texts.ts';
import { providers, trainers } from '../modules/people/index.ts';
import {
  PlanConflicts,
  sessionsAsSeenBy,
  type Conflict,
  type ConflictKind,
  type Occupied,
  type Seen,
} from '../modules/scheduling/index.ts';
import { roomsByIds, type Room } from '../modules/venues/index.ts';
import type { AppError } from '../platform/errors.ts';
import { refusedForm } from '../web/forms.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { sessionField } from './desk-plan-field.ts';
import { networkZone } from './desk-times.ts';

/** A conflict as a sentence, with the way to the other session for those who may plan it. */
export type ConflictSentence = Required<Pick<FieldError, 'key' | 'values'>> & Pick<FieldError, 'link'>;

/**
 * A form that was refused: each conflict at the field that it concerns, with what an override would have to name; any
 * other refusal at `field`. `prefixOf`: what stands before the field names of a session.
 */
export async function refusedPlan(
  req: Request,
  values: Record<string, string>,
  refusal: AppError,
  { field, prefixOf = () => '' }: { field?: string | undefined; prefixOf?: (session: number) => string } = {},
): Promise<FormState> {
  if (!(refusal instanceof PlanConflicts)) return refusedForm(values, refusal, field);
  const sentences = await sentencesOf(req, refusal.conflicts);
  const errors = refusal.conflicts.flatMap((conflict, index): FieldError[] => {
    const sentence = sentences[index];
    return sentence ? [{ ...sentence, field: conflictField(conflict, prefixOf(conflict.session), values) }] : [];
  });
  return {
    values: withConflictsShown(
      values,
      refusal.conflicts.map(({ key }) => key),
    ),
    errors,
  };
}

/** The form of one session as it is shown again, with the refusal where there is one. */
export async function planAgain(
  { req, res }: { req: Request; res: Response },
  values: Record<string, string>,
  refusal?: AppError,
): Promise<FormState> {
  if (!refusal) return { values, errors: [] };
  res.status(statusOfKind[refusal.kind]);
  return refusedPlan(req, values, refusal, { field: sessionField(refusal) });
}

/** How many conflicts forbid the plan, and how many things are only a pity. */
export function countedByWeight(conflicts: readonly Conflict[]): { hard: number; soft: number } {
  const hard = conflicts.filter(({ isHard }) => isHard).length;
  return { hard, soft: conflicts.length - hard };
}

/** Each conflict as a sentence: who, where and when. */
export async function sentencesOf(req: Request, conflicts: readonly Conflict[]): Promise<ConflictSentence[]> {
  const others = conflicts.flatMap(({ other }) => other ?? []);
  const [rooms, teachers, owners, seen] = await Promise.all([
    roomsByIds(conflicts.flatMap(({ roomId }) => roomId ?? [])),
    trainers(),
    providers(),
    sessionsAsSeenBy(actorOf(req), others),
  ]);
  const known: Known = {
    language: languageOf(req),
    rooms,
    trainers: new Map(teachers.map(({ id, name }) => [id, name])),
    providers: new Map(owners.map(({ id, shortName }) => [id, shortName])),
    sessions: new Map(seen.map((session) => [session.id, session])),
  };
  return conflicts.map((conflict) => sentenceOf(conflict, known));
}

type Known = {
  language: Language;
  rooms: ReadonlyMap<string, Room>;
  trainers: ReadonlyMap<string, string>;
  providers: ReadonlyMap<string, string>;
  sessions: ReadonlyMap<string, Seen<Occupied>>;
};

function sentenceOf(conflict: Conflict, known: Known): ConflictSentence {
  const { kind, roomId = '', trainerId = '', other, minutes = 0, count = 0 } = conflict;
  const room = known.rooms.get(roomId);
  const session = other && known.sessions.get(other.id);
  const values = {
    room: room?.name ?? '',
    venue: room?.venue.name ?? '',
    trainer: known.trainers.get(trainerId) ?? '',
    when: whenOf(conflict, known),
    where: other?.location ?? '',
    who: whoOf(session, known),
    day: conflict.day === undefined ? '' : dayInWords(conflict.day, known.language),
    what: whatOf(conflict, known.language),
    seating: roomWord(`seating-${conflict.seating}`, known.language) ?? '',
    minutes,
    count,
  };
  const link = session?.isOwn && { href: deskPaths.session(session.id), key: 'rooms.conflict-open' as const };
  return { key: `rooms.conflict-${kind}`, values, ...(link && { link }) };
}

function whenOf({ other, span }: Conflict, { language }: Known): string {
  const when = other ?? (span && { ...span, timeZone: networkZone });
  return when ? `${dayOf(when.startsAt, when.timeZone, language)}, ${timeSpan(when, language)}` : '';
}

/** The seminar where one may know it; else whose session it is. */
function whoOf(session: Seen<Occupied> | undefined, { language, providers: names }: Known): string {
  if (!session) return text(language, 'rooms.own-run');
  return session.title?.text ?? names.get(session.providerId) ?? text(language, 'rooms.somebody-else');
}

const whatIsMissing: Partial<Record<ConflictKind, string>> = {
  'room-lacks-equipment': 'equipment',
  'room-lacks-seating': 'seating',
};

function whatOf({ kind, what = '' }: Conflict, language: Language): string {
  return roomWord(`${whatIsMissing[kind] ?? 'access'}-${what}`, language) ?? what;
}

function roomWord(name: string, language: Language): string | undefined {
  const key = `rooms.${name}`;
  return isTextKey(key) ? text(language, key) : undefined;
}

function dayInWords(day: string, language: Language): string {
  return dayOf(DateTime.fromISO(day, { zone: networkZone }).toJSDate(), networkZone, language);
}

/** At the trainer's own field, or at the day where the form does not name them; everything else is about the room. */
export function conflictField(
  { trainerId }: Conflict,
  prefix: string,
  values: Readonly<Record<string, string>>,
): string {
  if (trainerId === undefined) return `${prefix}roomId`;
  const chosen = Object.entries(values).find(
    ([name, value]) => name.startsWith(`${prefix}trainers[`) && value === trainerId,
  );
  return chosen?.[0] ?? `${prefix}date`;
}
