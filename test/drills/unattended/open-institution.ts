import { setTimeout as pause } from 'node:timers/promises';
import { institutionById, type Institution } from '../../../server/modules/people/index.ts';
import { databaseClient } from '../../../server/platform/database.ts';
import { notFound } from '../../../server/platform/errors.ts';

const longestPauseMs = 3_000;

/** Takes nothing: waits until the other one has come as far, so that both count who was there before either of them wrote. */
export async function openInstitution(id: string): Promise<Institution> {
  const institution = await institutionById(id);
  if (!institution) throw notFound('institution');
  const readers = databaseClient().db().collection('readers');
  await readers.insertOne({ race: id });
  const giveUpAt = Date.now() + longestPauseMs;
  while ((await readers.countDocuments({ race: id })) < 2 && Date.now() < giveUpAt) await pause(10);
  return institution;
}
