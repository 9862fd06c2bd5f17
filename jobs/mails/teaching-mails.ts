import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import { personById, type Person } from '../../server/modules/people/index.ts';
import {
  absencesIn,
  assignmentToken,
  openRequestsOf,
  sessionById,
  teachingRequestById,
  type TeachingRequest,
} from '../../server/modules/scheduling/index.ts';
import { noLongerTrue, type Held, type MailSaid, type Sender } from './mail-draft.ts';
import { courseOf, seminarFacts, sessionToTell } from './seminar-facts.ts';

type Content = MailSaid;

const kinds = [
  'teaching-asked',
  'teaching-reminder',
  'teaching-withdrawn',
  'teaching-answered',
  'teaching-unanswered',
  'trainer-links-renewed',
  'trainer-absent',
] as const;
type TeachingKind = (typeof kinds)[number];

export function isTeachingKind(kind: string): kind is TeachingKind {
  return kinds.some((one) => one === kind);
}

/** What a trainer is asked, or a coordinator hears of it: from what is true now. */
export async function teachingMail(message: ClaimedMessage, person: Person, sender: Sender): Promise<Content | Held> {
  if (message.kind === 'trainer-absent') return absence(message, person, sender);
  if (message.kind === 'trainer-links-renewed') return newLink(message, person, sender);
  const request = await teachingRequestById(idIn(message.facts, 'requestId'));
  if (!request) return noLongerTrue('There is no such request any more.');
  switch (message.kind) {
    case 'teaching-asked':
    case 'teaching-reminder':
      return request.status === 'asked' ? question(message.kind, request, person, sender) : answered();
    case 'teaching-unanswered':
      return request.status === 'asked' ? unanswered(request, person, sender) : answered();
    case 'teaching-answered':
      return answer(request, person, sender);
    default:
      return withdrawn(request, person, sender);
  }
}

async function question(
  kind: 'teaching-asked' | 'teaching-reminder',
  request: TeachingRequest,
  person: Person,
  { baseUrl }: Sender,
): Promise<Content | Held> {
  const sessions = await sessionsOf(request);
  const [first] = sessions;
  if (!first) return noLongerTrue('The sessions are gone.');
  const facts = {
    ...(await seminar(request, person)),
    sessions,
    answerBy: request.answerBy,
    timeZone: first.timeZone,
    link: `${baseUrl}/teaching/${request.token}`,
    ...(request.replaces && { isReplacement: true }),
  };
  return { kind, facts };
}

async function withdrawn(request: TeachingRequest, person: Person, { baseUrl }: Sender): Promise<Content | Held> {
  const again = (await openRequestsOf(person.id)).some(({ sessionIds }) =>
    sessionIds.some((id) => request.sessionIds.includes(id)),
  );
  const sessions = await sessionsOf(request);
  if (again || sessions.length === 0) return noLongerTrue('They are asked again.');
  const link = `${baseUrl}/teaching/${request.token}`;
  return { kind: 'teaching-withdrawn', facts: { ...(await seminar(request, person)), sessions, link } };
}

async function answer(request: TeachingRequest, person: Person, sender: Sender): Promise<Content | Held> {
  const sessions = await sessionsOf(request);
  if (sessions.length === 0 || (request.status !== 'accepted' && request.status !== 'declined'))
    return noLongerTrue('There is no answer.');
  const facts = await desk(request, person, sender);
  return { kind: 'teaching-answered', facts: { ...facts, sessions, accepted: request.status === 'accepted' } };
}

async function unanswered(request: TeachingRequest, person: Person, sender: Sender): Promise<Content | Held> {
  const sessions = await sessionsOf(request);
  if (sessions.length === 0) return noLongerTrue('The sessions are gone.');
  return { kind: 'teaching-unanswered', facts: { ...(await desk(request, person, sender)), sessions } };
}

async function absence({ about, facts }: ClaimedMessage, person: Person, { baseUrl }: Sender): Promise<Content | Held> {
  const { sessionId = '', runId = '' } = about;
  const trainerId = idIn(facts, 'trainerId');
  const session = await sessionById(sessionId);
  const stands = (await absencesIn(runId)).some((one) => one.sessionId === sessionId && one.trainerId === trainerId);
  if (!session || !stands) return noLongerTrue('Somebody else teaches it by now.');
  const course = await courseOf(runId);
  return {
    kind: 'trainer-absent',
    facts: {
      ...seminarFacts(course, person.name),
      session: sessionToTell(course, session),
      trainerName: (await personById(trainerId))?.name ?? '',
      link: `${baseUrl}/desk/sessions/${sessionId}/replacement/${trainerId}`,
    },
  };
}

/** Where their link leads now: to the run once it is public, before that to what they are asked. */
async function newLink({ about }: ClaimedMessage, person: Person, { baseUrl }: Sender): Promise<Content | Held> {
  const course = await courseOf(about.runId);
  const { run } = course;
  const asked = (await openRequestsOf(person.id)).filter(({ runId }) => runId === run.id);
  const wanted = new Set(asked.flatMap(({ sessionIds }) => sessionIds));
  const theirs = course.sessions.filter(({ id, trainerIds }) => trainerIds.includes(person.id) || wanted.has(id));
  const [request] = asked;
  if (theirs.length === 0 || (run.status === 'draft' && !request)) return noLongerTrue('They teach nothing there.');
  const isOwnPage = run.status !== 'draft' && person.external;
  const path = isOwnPage ? `/assignments/${await assignmentToken(run.id, person.id)}` : `/teaching/${request?.token}`;
  const link = `${baseUrl}${isOwnPage || request ? path : '/trainer'}`;
  const sessions = theirs.map((session) => sessionToTell(course, session));
  return { kind: 'trainer-links-renewed', facts: { ...seminarFacts(course, person.name), sessions, link } };
}

async function desk(request: TeachingRequest, person: Person, { baseUrl }: Sender) {
  const trainerName = (await personById(request.trainerId))?.name ?? '';
  return { ...(await seminar(request, person)), trainerName, link: `${baseUrl}/desk/runs/${request.runId}` };
}

async function seminar({ runId }: TeachingRequest, { name }: Person) {
  return seminarFacts(await courseOf(runId), name);
}

async function sessionsOf({ runId, sessionIds }: TeachingRequest) {
  const course = await courseOf(runId);
  return course.sessions.filter(({ id }) => sessionIds.includes(id)).map((session) => sessionToTell(course, session));
}

function idIn(facts: Record<string, unknown>, name: string): string {
  const id = facts[name];
  return typeof id === 'string' ? id : '';
}

function answered(): Held {
  return noLongerTrue('It is answered or no longer asked.');
}
