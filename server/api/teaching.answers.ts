import { z } from 'zod';
import type { Person } from '../modules/people/index.ts';
import type { Substitute, TeachingRequest } from '../modules/scheduling/index.ts';
import { instant } from './runs.answers.ts';

const id = z.string().regex(/^[0-9a-f]{24}$/);

export const teachingRequest = z
  .strictObject({
    id,
    runId: id,
    trainer: id,
    sessions: z.array(id),
    status: z.enum(['asked', 'accepted', 'declined', 'withdrawn']),
    answerBy: instant,
    overdue: z.boolean().meta({ description: 'Nobody has answered, and the time is over.' }),
    replaces: id.optional().meta({ description: 'The trainer whose place it is about.' }),
  })
  .meta({ id: 'TeachingRequest', description: 'The question to a trainer whether they will teach.' });
export const teachingRequests = z.strictObject({ items: z.array(teachingRequest) }).meta({ id: 'TeachingRequests' });

const trainer = z
  .strictObject({
    id,
    name: z.string(),
    external: z.boolean().meta({ description: 'Without an account: everything comes by mail and by link.' }),
    seminars: z.array(id).meta({ description: 'Which seminars they may teach, as far as anybody has said so.' }),
  })
  .meta({ id: 'Trainer', description: 'Somebody who teaches, as `trainers` of a session names them.' });
export const trainersAnswer = z.strictObject({ items: z.array(trainer) }).meta({ id: 'Trainers' });

const substitute = z
  .strictObject({
    trainer: id,
    name: z.string(),
    qualified: z.boolean(),
    away: z.enum(['no', 'unavailable', 'blocked', 'teaches']).meta({ description: 'Why they might not be free then.' }),
  })
  .meta({ id: 'Substitute' });
export const substitutesAnswer = z
  .strictObject({ items: z.array(substitute) })
  .meta({ id: 'Substitutes', description: 'Who could teach a session instead, the likeliest first.' });

export function answerOfTrainer({ person, seminarIds }: { person: Person; seminarIds: string[] }) {
  return { id: person.id, name: person.name, external: person.external === true, seminars: seminarIds };
}

export function answerOfSubstitute({ person, isQualified, away }: Substitute): z.infer<typeof substitute> {
  return { trainer: person.id, name: person.name, qualified: isQualified, away };
}

export function answerOfRequest(request: TeachingRequest): z.infer<typeof teachingRequest> {
  const { id: requestId, runId, trainerId, sessionIds, status, answerBy, isOverdue, replaces } = request;
  return {
    id: requestId,
    runId,
    trainer: trainerId,
    sessions: sessionIds,
    status,
    answerBy: answerBy.toISOString(),
    overdue: isOverdue,
    ...(replaces && { replaces }),
  };
}
