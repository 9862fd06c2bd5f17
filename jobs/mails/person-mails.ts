import { now } from '../../server/platform/clock.ts';
import { codeToSend } from '../../server/modules/auth/index.ts';
import { heldIn, type RunDetails } from '../../server/modules/booking/index.ts';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import {
  contactsOf,
  institutionById,
  personById,
  providerById,
  type Person,
} from '../../server/modules/people/index.ts';
import {
  assignmentToken,
  calendarEntry,
  isAskedFor,
  needsDecision,
  sessionSetAside,
  type Session,
  type SetAsideSession,
} from '../../server/modules/scheduling/index.ts';
import {
  noLongerTrue,
  type CalendarPart,
  type Held,
  type MailContent,
  type MailSaid,
  type Sender,
} from './mail-draft.ts';
import { requestToAnswer } from './demand-mails.ts';
import { isReminderKind, trainerReminder } from './reminder-mails.ts';
import { isTeachingKind, teachingMail } from './teaching-mails.ts';
import { courseOf, formerSession, seminarFacts, sessionToJoin, sessionToTell } from './seminar-facts.ts';

type Content = MailSaid;

/** The code somebody asked for to sign in. */
export async function signInCode(signInId: string, { baseUrl }: Sender): Promise<MailContent | Held> {
  const asked = await codeToSend(signInId);
  if (!asked) return noLongerTrue('The code is used or expired.');
  const { person, code, minutes } = asked;
  const facts = { recipientName: person.name, code, minutesValid: minutes, link: `${baseUrl}/sign-in/code` };
  return { kind: 'sign-in-code', facts, ...addressed(person) };
}

/** What somebody who signs in is told: a trainer of a session, a coordinator of being invited. */
export async function toPerson(message: ClaimedMessage, personId: string, sender: Sender): Promise<MailContent | Held> {
  const person = await personById(personId);
  if (!person) return noLongerTrue('There is no such person any more.');
  const content =
    message.kind === 'person-invited'
      ? await welcome(message, person, sender)
      : message.kind === 'decision-due'
        ? await decisionDue(message, person, sender)
        : message.kind === 'in-house-asked'
          ? await requestToAnswer(message, person, sender)
          : message.kind === 'places-free-late'
            ? await placesFreeLate(message, person, sender)
            : isTeachingKind(message.kind)
              ? await teachingMail(message, person, sender)
              : isReminderKind(message.kind)
                ? await reminded(message, person, sender)
                : await toTrainer(message, person, sender);
  return 'state' in content || 'dueAt' in content ? content : { ...content, ...addressed(person) };
}

async function welcome(message: ClaimedMessage, person: Person, { baseUrl }: Sender): Promise<Content | Held> {
  const { institutionId } = message.facts;
  if (typeof institutionId === 'string') return welcomeContact(institutionId, person, `${baseUrl}/sign-in`);
  const provider = person.roles.find((role) => role.kind === 'coordinator');
  const plansAll = person.roles.some((role) => role.kind === 'network-coordinator');
  const access = plansAll ? 'network' : provider ? 'provider' : 'trainer';
  const providerName = provider && (await providerById(provider.providerId))?.name;
  const link = `${baseUrl}/sign-in`;
  return {
    kind: 'person-invited',
    facts: { recipientName: person.name, link, access, ...(access === 'provider' && providerName && { providerName }) },
  };
}

/** Only while somebody is a contact still. */
async function welcomeContact(institutionId: string, person: Person, link: string): Promise<Content | Held> {
  const institution = await institutionById(institutionId);
  const contact = (await contactsOf(institutionId)).find(({ personId }) => personId === person.id);
  if (!institution || !contact) return noLongerTrue('Somebody else acts for the institution now.');
  const facts = { recipientName: contact.name, link, access: 'institution' as const };
  return { kind: 'person-invited', facts: { ...facts, institutionName: institution.name } };
}

/** Only while there is something to decide: whoever decided meanwhile is not asked. */
async function decisionDue(message: ClaimedMessage, person: Person, { baseUrl }: Sender): Promise<Content | Held> {
  const course = await courseOf(message.about.runId);
  const { run, seminar, places, sessions } = course;
  const [first] = sessions;
  if (!first || !needsDecision(run, places.held, now())) return noLongerTrue('There is nothing to decide any more.');
  const facts = {
    recipientName: person.name,
    seminarTitle: seminar.title,
    session: sessionToTell(course, first),
    held: places.held,
    waiting: places.waiting,
    minimum: run.minimum ?? 0,
    link: `${baseUrl}/desk/decisions`,
  };
  return { kind: 'decision-due', facts };
}

/** Only while somebody waits and something is free. */
async function placesFreeLate(message: ClaimedMessage, person: Person, { baseUrl }: Sender): Promise<Content | Held> {
  const course = await courseOf(message.about.runId);
  const { run, seminar, places, sessions } = course;
  const [first] = sessions;
  const free = Math.max(0, ...(places.modules ?? [places]).map(({ capacity, held }) => capacity - held));
  if (!first || run.startsAt <= now() || free === 0 || places.waiting === 0)
    return noLongerTrue('Nothing is free any more, or nobody waits.');
  const session = sessionToTell(course, first);
  const facts = { recipientName: person.name, seminarTitle: seminar.title, session, free, waiting: places.waiting };
  return { kind: 'places-free-late', facts: { ...facts, link: `${baseUrl}/desk/runs/${run.id}` } };
}

/** Of what they teach themselves: the link leads to their own page of it. */
async function reminded(message: ClaimedMessage, person: Person, sender: Sender): Promise<Content | Held> {
  const course = await courseOf(message.about.runId);
  const session = course.sessions.find(({ id }) => id === message.about.sessionId);
  if (!session) return noLongerTrue('The session is gone.');
  const detailsUrl = `${sender.baseUrl}${await placeFor(person, session)}`;
  return trainerReminder({ message, course, sender, detailsUrl }, person);
}

async function toTrainer(message: ClaimedMessage, person: Person, { baseUrl }: Sender): Promise<Content | Held> {
  const course = await courseOf(message.about.runId);
  const planned = course.sessions.find(({ id }) => id === message.about.sessionId);
  const gone = planned ? undefined : await sessionSetAside(message.about.sessionId ?? '');
  const session = planned ?? gone;
  if (!session) return noLongerTrue('The session is gone.');
  const teaches = planned !== undefined && session.trainerIds.includes(person.id) && course.run.status === 'published';
  if (teaches === (message.kind === 'trainer-released')) return noLongerTrue('It has changed again since.');

  if (teaches && (await isAskedFor(person.id, session.id))) return noLongerTrue('The trainer has not agreed yet.');

  const facts = {
    ...seminarFacts(course, person.name),
    session: teaches ? sessionToJoin(course, session) : sessionToTell(course, session),
    detailsUrl: `${baseUrl}${await placeFor(person, session)}`,
  };
  const calendar = calendarPart(course, session, person, teaches);
  if (message.kind === 'invitation-updated')
    return {
      kind: message.kind,
      calendar,
      facts: { ...facts, before: formerSession(course, session, message.facts['before']), teaches: true },
    };
  if (message.kind === 'trainer-assigned')
    return { kind: message.kind, calendar, facts: { ...facts, participantCount: heldIn(course.places, session) } };
  if (message.kind === 'trainer-released')
    return { kind: message.kind, calendar, facts: { ...facts, ...reasonOf(course, gone) } };
  throw new Error(`No mail of kind ${message.kind} goes to a trainer.`);
}

/** Where a trainer finds all this: on their own pages, or behind a link of their own when they have no account. */
async function placeFor({ id, external }: Person, session: Session): Promise<string> {
  return external ? `/assignments/${await assignmentToken(session.runId, id)}` : `/trainer/sessions/${session.id}`;
}

function calendarPart(course: RunDetails, session: Session, person: Person, teaches: boolean): CalendarPart {
  const entry = calendarEntry(course, session, { key: `trainer:${person.id}`, sequence: 0 });
  return { method: teaches ? 'REQUEST' : 'CANCEL', entry };
}

function reasonOf({ run }: RunDetails, gone: SetAsideSession | undefined) {
  const reason = run.cancellation?.reason ?? gone?.why.reason;
  return reason ? { reason } : {};
}

function addressed({ name, email, language }: Person) {
  return { to: { name, email }, language };
}
