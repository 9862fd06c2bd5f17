import { Types } from 'mongoose';
import { inTransaction } from '../../platform/database.ts';
import { AppError, authorise, notFound } from '../../platform/errors.ts';
import { recordEvent, scopeOf, type Actor } from '../history/index.ts';
import { providerById } from '../people/index.ts';
import type { SeminarInput } from './catalogue.input.ts';
import { mayPlanFor } from './catalogue.policy.ts';
import { searchable, type Approval, type BookingMode, type SeminarKind } from './catalogue.rules.ts';
import { defaultReminderPlan, type ReminderRule } from './reminder-plan.rules.ts';
import { SeminarModel, type SeminarRow } from './seminar.model.ts';

/** One part of a course, in its order. `teachingUnits`: hours of 45 minutes. */
export type SeminarModule = { id: string; title: string; content: string; teachingUnits?: number };
/** The catalogue entry: what is offered. `language` is an ISO 639 code, `providerId` a slug. */
export type Seminar = {
  id: string;
  providerId: string;
  title: string;
  summary: string;
  description: string;
  kind: SeminarKind;
  language: string;
  modules: SeminarModule[];
  /** Whether its runs are booked as a whole, or module by module; a run keeps to what held when it was planned. */
  booking: BookingMode;
  /** Whether a superior has to approve every booking. */
  approval: Approval;
  reminders: ReminderRule[];
};
export type SeminarFilter = { text?: string; kind?: SeminarKind; provider?: string; language?: string };

/** @throws not-allowed, unknown-provider */
export function createSeminar(actor: Actor, input: SeminarInput): Promise<string> {
  return inTransaction(async () => {
    authorise(mayPlanFor(actor, input.provider));
    if (!(await providerById(input.provider))) throw new AppError('unknown-provider', 'invalid', 'No such provider.');

    const _id = new Types.ObjectId();
    await SeminarModel.create([{ _id, ...fieldsOf(input), reminders: [...defaultReminderPlan] }]);
    recordEvent(actor, { type: 'seminar-created', about: { seminarId: String(_id), providerId: input.provider } });
    return String(_id);
  });
}

/** Modules keep their id by the `id` given with them. For `changeSeminar` of booking, which knows the runs. @throws not-found, not-allowed */
export function changeSeminar(actor: Actor, seminarId: string, input: SeminarInput): Promise<void> {
  return inTransaction(async () => {
    const seminar = await seminarById(seminarId);
    if (!seminar || !mayPlanFor(actor, seminar.providerId)) throw notFound('seminar');
    authorise(mayPlanFor(actor, input.provider));
    if (!(await providerById(input.provider))) throw new AppError('unknown-provider', 'invalid', 'No such provider.');

    await SeminarModel.updateOne({ _id: seminarId }, { $set: fieldsOf(input) });
    recordEvent(actor, { type: 'seminar-changed', about: { seminarId, providerId: input.provider } });
  });
}

/** The plan for the runs to come. For `changeSeminarReminders` of booking, which knows the drafts. @throws not-found */
export async function setSeminarReminders(
  actor: Actor,
  seminarId: string,
  reminders: readonly ReminderRule[],
): Promise<void> {
  const seminar = await seminarById(seminarId);
  if (!seminar || !mayPlanFor(actor, seminar.providerId)) throw notFound('seminar');
  await SeminarModel.updateOne({ _id: seminarId }, { $set: { reminders: [...reminders] } });
  const about = { seminarId, providerId: seminar.providerId };
  recordEvent(actor, { type: 'seminar-reminders-changed', about, facts: { reminders } });
}

export async function seminarById(id: string): Promise<Seminar | undefined> {
  if (!Types.ObjectId.isValid(id)) return undefined;
  const row = await SeminarModel.findById(id).lean();
  return row ? seminarOf(row) : undefined;
}

export async function seminarsByIds(ids: readonly string[]): Promise<Map<string, Seminar>> {
  const rows = await SeminarModel.find({ _id: { $in: [...new Set(ids)] } }).lean();
  return new Map(rows.map((row) => [String(row._id), seminarOf(row)]));
}

/** The ids of the seminars that fit `filter`; nothing when it asks for nothing, which every seminar fits. */
export async function seminarIdsMatching(filter: SeminarFilter): Promise<string[] | undefined> {
  const words = searchable(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  if (words.length === 0 && !filter.kind && !filter.provider && !filter.language) return undefined;

  const rows = await SeminarModel.find(
    {
      ...(filter.kind && { kind: filter.kind }),
      ...(filter.provider && { providerId: filter.provider }),
      ...(filter.language && { language: filter.language }),
      ...(words.length > 0 && { $and: words.map((word) => ({ searchText: { $regex: literal(word) } })) }),
    },
    { _id: 1 },
  ).lean();
  return rows.map((row) => String(row._id));
}

/** The seminars whose plan the actor may change, by title. */
export async function seminarsOf(actor: Actor): Promise<Seminar[]> {
  const scope = scopeOf(actor);
  const filter = scope === 'everything' ? {} : { providerId: { $in: [...scope] } };
  return (await SeminarModel.find(filter).sort({ title: 1 }).lean()).map(seminarOf);
}

/** The languages in which seminars are held. */
export async function seminarLanguages(): Promise<string[]> {
  return (await SeminarModel.distinct('language')).toSorted();
}

/** A search text never becomes a pattern: every sign stands for itself. */
function literal(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

function fieldsOf({
  provider,
  modules = [],
  description = '',
  booking = 'whole',
  approval = 'never',
  ...input
}: SeminarInput) {
  return {
    ...input,
    description,
    booking,
    approval,
    providerId: provider,
    modules: modules.map(({ id, title, content = '', teachingUnits }) => ({
      _id: id && Types.ObjectId.isValid(id) ? new Types.ObjectId(id) : new Types.ObjectId(),
      title,
      content,
      ...(teachingUnits !== undefined && { teachingUnits }),
    })),
    searchText: searchable(`${input.title} ${input.summary}`),
  };
}

function seminarOf({
  _id,
  modules,
  booking = 'whole',
  approval = 'never',
  searchText: _searched,
  ...row
}: SeminarRow): Seminar {
  return {
    id: String(_id),
    ...row,
    booking,
    approval,
    modules: modules.map(({ _id: moduleId, title, content, teachingUnits }) => ({
      id: String(moduleId),
      title,
      content,
      ...(teachingUnits && { teachingUnits }),
    })),
  };
}
