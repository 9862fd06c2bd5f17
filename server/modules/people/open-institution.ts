import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { InstitutionModel } from './institution.model.ts';
import { institutionOf, type Institution } from './institutions.ts';

/**
 * Takes an institution for the open transaction: whoever changes its contacts second meets a write conflict here, and
 * counts them anew. @throws not-found
 */
export async function openInstitution(id: string): Promise<Institution> {
  const row = Types.ObjectId.isValid(id)
    ? await InstitutionModel.findOneAndUpdate({ _id: id }, { $inc: { turn: 1 } }, { returnDocument: 'after' }).lean()
    : null;
  if (!row) throw notFound('institution');
  return institutionOf(row);
}
