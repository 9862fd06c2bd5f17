import { bookPlaces, postponeRun } from '../../server/modules/booking/index.ts';
import {
  askInHouse,
  collectInterest,
  confirmInHouse,
  inHouseToTell,
  confirmInterest,
  interestToTell,
  noteInterest,
} from '../../server/modules/demand/index.ts';
import { anyone, systemActor } from '../../server/modules/history/index.ts';
import { askTrainer, assignmentToken } from '../../server/modules/scheduling/index.ts';
import { now } from '../../server/platform/clock.ts';
import { text } from '../../templates/texts/texts.ts';
import {
  aNetworkCoordinator,
  aPerson,
  aRoom,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
  aVenue,
} from '../support/builders.ts';
import { aCourse } from '../support/courses.ts';
import { signIn } from './plan-and-publish.ts';
import type { Tab } from './tab.ts';
import type { Town } from './town.ts';

const dayInMs = 86_400_000;

/** Opens every page of planning with something on it. Each is inspected as it comes: axe, and its width. */
export async function seeEveryPageOfPlanning(town: Town, spoken: 'de' | 'en'): Promise<void> {
  const [plan, asked, trainer] = [await plannedThings(), await askedFor(), await aTrainer()];
  const taught = await aRun({ sessions: [aSession({ inDays: 40, trainers: [trainer.person.id] })] });
  const answerBy = new Date(now().getTime() + 10 * dayInMs);
  const { token } = await askTrainer(systemActor, { runId: taught.id, trainerId: trainer.person.id, answerBy });

  const desk = await signIn(town, false, await aNetworkCoordinator());
  await openEach(desk, spoken, [...pagesOfTheDesk(plan, asked), `/desk/runs/${taught.id}/trainers`]);
  await openEach(desk, spoken, [
    `/desk/runs/${taught.id}/trainers/${trainer.person.id}/links`,
    `/desk/trainers/${trainer.person.id}`,
    `/desk/trainers/${trainer.person.id}/times`,
  ]);
  await openEach(desk, spoken, [`/teaching/${token}`, `/in-house/${asked.token}`, `/interest/${asked.interest}`]);
  const led = await aRun({ sessions: [aSession({ inDays: 50, trainers: [trainer.person.id] })] });
  const link = `/assignments/${await assignmentToken(led.id, trainer.person.id)}`;
  await openEach(desk, spoken, [link, ...(led.sessions[0] ? [`${link}/sessions/${led.sessions[0].id}/absence`] : [])]);
  await seePreviews(desk, spoken, plan);
  const own = await signIn(town, false, trainer);
  await openEach(own, spoken, ['/trainer', '/trainer/times', '/trainer/calendar', '/trainer/calendar?view=week']);
}

/** What is shown before it is saved: a file of school holidays, a run on other days, two runs made one, a plan that was checked. */
async function seePreviews(desk: Tab, spoken: 'de' | 'en', { course, few }: Planned): Promise<void> {
  await openEach(desk, spoken, ['/desk/holidays']);
  await desk.page.locator('select[name=land]').selectOption('NI');
  const rows = ['Ferien;Beginn;Ende', 'Amselferien;05.10.2071;17.10.2071', 'Meisenferien;31.02.2072;'];
  const file = { name: 'ferien.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) };
  await desk.page.locator('input[name=file]').setInputFiles(file);
  await desk.press(text(spoken, 'holidays.show-file'));

  await openEach(desk, spoken, [`/desk/runs/${course.runId}/copy`]);
  await desk.fillIn({ [text(spoken, 'planning.copy-first-on')]: inAYear() });
  await desk.press(text(spoken, 'planning.copy-show'));

  await openEach(desk, spoken, [`/desk/runs/${few}/merge`]);
  await desk.page.getByRole('radio').first().check();
  await desk.page.locator('[name=reason]').fill('Bitte zusammen.');
  await desk.press(text(spoken, 'changes.to-preview'));

  await openEach(desk, spoken, [`/desk/runs/${course.runId}/sessions`]);
  await desk.press(text(spoken, 'desk.check-plan'));
}

function inAYear(): string {
  return new Date(now().getTime() + 365 * dayInMs).toISOString().slice(0, 10);
}

async function openEach(tab: Tab, spoken: string, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) await tab.open(`${address}${address.includes('?') ? '&' : '?'}lang=${spoken}`);
}

type Planned = Awaited<ReturnType<typeof plannedThings>>;
type Asked = Awaited<ReturnType<typeof askedFor>>;

function pagesOfTheDesk({ venueId, roomId, course, postponed, few }: Planned, { list, request }: Asked): string[] {
  const [run, session] = [`/desk/runs/${course.runId}`, course.sessions[0] ?? ''];
  return [
    ...['', '/reminders', '/settings', '/needs', '/copy', '/postponement', '/sessions', '/sessions/new'].map(
      (part) => run + part,
    ),
    `/desk/seminars/${course.seminarId}/reminders`,
    '/desk/texts',
    '/desk/texts/reminder?of=provider:vhs-hannover&mail=en',
    `/desk/sessions/${session}/edit`,
    `/desk/sessions/${session}/cancellation`,
    `/desk/runs/${postponed}/new-dates`,
    `/desk/runs/${few}/merge`,
    `/desk/runs/new?seminar=${course.seminarId}`,
    `/desk/runs/new/series?seminar=${course.seminarId}`,
    `/desk/free-rooms?session=${session}`,
    ...['', '/new', `/${venueId}`, `/${venueId}/edit`, `/${venueId}/rooms/new`].map((part) => `/desk/venues${part}`),
    `/desk/rooms/${roomId}`,
    `/desk/rooms/${roomId}/edit`,
    ...['', `/in-house/${request}`, `/lists/${list}`].map((part) => `/desk/demand${part}`),
    ...['month', 'week', 'list', 'rooms', 'trainers'].map((view) => `/desk/calendar?view=${view}`),
    ...['calendar/subscriptions', 'travel', 'holidays', 'trainers', 'decisions'].map((page) => `/desk/${page}`),
  ];
}

async function plannedThings() {
  const venueId = await aVenue({ name: 'Begegnungsstätte Donnerstagsfreunde' });
  const roomId = await aRoom({ venueId });
  const course = await aCourse({ minimum: 3 });
  await bookPlaces(anyone, { runId: course.runId, booker: aPerson() });
  await aRun({ sessions: [aSession({ inDays: 3, location: '', roomId })] });
  const seminarId = await aSeminar({ title: 'Beraten zu dritt' });
  const few = await aRun({ seminarId, minimum: 6, sessions: [aSession({ inDays: 7 })] });
  await aRun({ seminarId, sessions: [aSession({ inDays: 42 })] });
  await bookPlaces(anyone, { runId: few.id, booker: aPerson() });
  const postponed = await aRun();
  await postponeRun(systemActor, { runId: postponed.id, reason: 'Das Haus wird umgebaut.' });
  return { venueId, roomId, course, postponed: postponed.id, few: few.id };
}

async function askedFor() {
  const seminar = await aSeminar({ title: 'Vereinsarbeit' });
  const list = await collectInterest(systemActor, { seminar, answer: 'ask', answerDays: 7 });
  const noted = await noteInterest(seminar, { ...aPerson(), places: 2, times: 'samstags' });
  const wish = { topic: 'Gespräche mit Eltern', institution: 'Schule am Türkisen Turm', groupSize: 18 };
  const request = await askInHouse({ seminar, ...wish, ...aPerson(), periods: 'Im Frühjahr', place: 'Bei uns' });
  const token = (await inHouseToTell(request))?.token ?? '';
  await confirmInHouse(token);
  const interest = (await interestToTell(noted ?? ''))?.interest.token ?? '';
  await confirmInterest(interest);
  return { list, interest, request, token };
}
