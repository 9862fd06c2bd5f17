import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor, linkToken } from '../auth/index.ts';
import { AssignmentModel, type AssignmentRow } from './assignment.model.ts';

/** Who teaches in which run, as their link says it. */
export type Assignment = { runId: string; trainerId: string; token: string };

/** The token of a trainer's own link to a run: the same in every mail. */
export async function assignmentToken(runId: string, trainerId: string): Promise<string> {
  const known = await AssignmentModel.findOne({ runId, trainerId }).lean();
  return tokenOf(known ?? (await openAssignment(runId, trainerId)));
}

/** What the link of a mail about an assignment is for. @throws not-found for any token but the present one */
export async function assignmentBehind(token: string): Promise<Assignment> {
  const id = idInToken(token);
  const row = id === undefined ? null : await AssignmentModel.findById(id).lean();
  if (!row || !isTokenFor('assignment', token, row.linkGeneration)) throw notFound('assignment');
  return { runId: row.runId, trainerId: row.trainerId, token };
}

function openAssignment(runId: string, trainerId: string): Promise<AssignmentRow> {
  return AssignmentModel.findOneAndUpdate(
    { runId, trainerId },
    { $setOnInsert: { linkGeneration: 1 } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
}

function tokenOf({ _id, linkGeneration }: AssignmentRow): string {
  return linkToken('assignment', String(_id), linkGeneration);
}
