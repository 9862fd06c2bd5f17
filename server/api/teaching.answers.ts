import { z } from 'zod';
import type { TeachingRequest } from '../modules/scheduling/index.ts';
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
