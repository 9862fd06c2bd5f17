import type { PlanRun } from '../../server/modules/booking/index.ts';
import { seminarById, type SeminarInput } from '../../server/modules/catalogue/index.ts';
import { aRun, aSeminar, aSession } from './builders.ts';

const titles = ['Haltung', 'Sprache', 'Konflikte', 'Öffnung'];

/** A course of four modules with a session each, two weeks apart, booked by module unless told otherwise. */
export async function aCourse(wanted: Partial<PlanRun> & { booking?: SeminarInput['booking'] } = {}) {
  const { booking = 'by-module', ...plan } = wanted;
  const input = { booking, kind: 'modular-course', modules: titles.map((title) => ({ title })) } as const;
  const seminarId = plan.seminarId ?? (await aSeminar({ ...input, modules: [...input.modules] }));
  const seminar = await seminarById(seminarId);
  const modules = seminar?.modules.map(({ id }) => id) ?? [];
  const planned = plan.sessions ?? modules.map((module, index) => aSession({ inDays: 21 + 14 * index, module }));
  const run = await aRun({ capacity: 10, ...plan, seminarId, sessions: planned });
  return {
    seminarId,
    runId: run.id,
    modules,
    sessions: run.sessions.map(({ id }) => id),
    starts: planned.map(({ startsAt }) => startsAt),
    input: {
      title: seminar?.title ?? '',
      summary: seminar?.summary ?? '',
      kind: 'modular-course' as const,
      language: 'de',
      provider: seminar?.providerId ?? '',
      booking,
      modules: titles.map((title) => ({ title })),
    },
  };
}
