import { seminarsOf } from '../modules/catalogue/index.ts';
import { askInHouse, collectInterest, confirmInHouse, inHouseToTell } from '../modules/demand/index.ts';
import { systemActor } from '../modules/history/index.ts';
import { anInterest } from './builders.ts';
import { institutions, participant } from './cast.ts';

/** What people ask for: a seminar that waits for a date, and a school that would like one of its own. */
export async function askForMore(): Promise<void> {
  const seminars = await seminarsOf(systemActor);
  const undated = seminars.find(({ kind }) => kind === 'association-seminar') ?? seminars[0];
  const wanted = seminars.find(({ kind }) => kind === 'day-seminar') ?? seminars[0];
  if (!undated || !wanted) return;

  await collectInterest(systemActor, { seminar: undated.id, answer: 'ask', answerDays: 7 });
  for (const [index, times] of ['abends', 'samstags', 'nicht in den Ferien'].entries())
    await anInterest(undated.id, { ...participant(60 + index), places: 1 + index, times });
  const id = await askInHouse({
    seminar: wanted.id,
    topic: 'Gespräche mit Eltern aus aller Welt',
    institution: institutions[0]?.name ?? '',
    groupSize: 18,
    periods: 'An zwei Nachmittagen im Frühjahr, nicht montags',
    place: 'Bei uns in der Schule',
    ...participant(70),
  });
  const request = await inHouseToTell(id);
  if (request) await confirmInHouse(request.token);
}
