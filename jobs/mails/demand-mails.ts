import { pathOfRun, runDetails } from '../../server/modules/booking/index.ts';
import { seminarById } from '../../server/modules/catalogue/index.ts';
import { inHouseToTell, interestToTell, type InHouseRequest } from '../../server/modules/demand/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import { providerById, type Person } from '../../server/modules/people/index.ts';
import { noLongerTrue, type Held, type MailContent, type MailSaid, type Sender } from './mail-draft.ts';
import { courseOf, sessionsToTell } from './seminar-facts.ts';

/** What somebody is told who would come to a seminar without a date. */
export async function toInterested(
  message: ClaimedMessage,
  interestId: string,
  sender: Sender,
): Promise<MailContent | Held> {
  const found = await interestToTell(interestId);
  const seminar = found && (await seminarById(found.list.seminarId));
  const provider = found && (await providerById(found.list.providerId));
  if (!found || !seminar || !provider) return noLongerTrue('There is no such interest any more.');
  const { interest, list } = found;
  const { name, email, language } = interest.contact;
  const facts = {
    recipientName: name,
    seminarTitle: seminar.title,
    providerName: provider.name,
    providerEmail: provider.email,
    places: interest.places,
    link: `${sender.baseUrl}/interest/${interest.token}`,
  };
  const addressed = { to: { name, email }, language };
  if (message.kind === 'interest-closed') return { kind: 'interest-closed', facts, ...addressed };
  if (message.kind === 'interest-confirm')
    return interest.status === 'unconfirmed'
      ? { kind: 'interest-confirm', facts, ...addressed }
      : noLongerTrue('The interest is confirmed already.');
  if (message.kind === 'interest-noted')
    return interest.status === 'open'
      ? { kind: 'interest-noted', facts, ...addressed }
      : noLongerTrue('The interest has been settled since.');
  if (interest.status !== 'invited' || !list.answerUntil) return noLongerTrue('The invitation has been answered.');
  const sessions = sessionsToTell(await courseOf(list.runId));
  return { kind: 'interest-invited', facts: { ...facts, sessions, answerBy: list.answerUntil }, ...addressed };
}

/** What an institution is told of the seminar it asked for. */
export async function toInstitution(
  message: ClaimedMessage,
  inHouseId: string,
  sender: Sender,
): Promise<MailContent | Held> {
  const request = await inHouseToTell(inHouseId);
  const provider = request && (await providerById(request.providerId));
  if (!request || !provider) return noLongerTrue('There is no such request any more.');
  const { name, email, language } = request.contact;
  const facts = {
    recipientName: name,
    topic: request.topic,
    institution: request.institution,
    providerName: provider.name,
    providerEmail: provider.email,
    link: `${sender.baseUrl}/in-house/${request.token}`,
  };
  const said = await saidOf(message, request, facts, sender);
  return 'state' in said || 'dueAt' in said ? said : { ...said, to: { name, email }, language };
}

/** Whoever plans for the provider hears of a request that waits for an answer. */
export async function requestToAnswer(
  { facts }: ClaimedMessage,
  person: Person,
  { baseUrl }: Sender,
): Promise<MailSaid | Held> {
  const { inHouseId } = facts;
  const request = await inHouseToTell(typeof inHouseId === 'string' ? inHouseId : '');
  if (request?.status !== 'asked') return noLongerTrue('The request is answered already.');
  const { id, topic, institution, groupSize, periods, place } = request;
  const link = `${baseUrl}/desk/demand/in-house/${id}`;
  const asked = { topic, institution, groupSize, periods, place, link };
  return { kind: 'in-house-asked', facts: { recipientName: person.name, ...asked } };
}

type Facts = Extract<MailSaid, { kind: 'in-house-confirm' }>['facts'];

async function saidOf(
  message: ClaimedMessage,
  request: InHouseRequest,
  facts: Facts,
  sender: Sender,
): Promise<MailSaid | Held> {
  const { status, states, run } = request;
  if (message.kind === 'in-house-confirm')
    return status === 'unconfirmed'
      ? { kind: 'in-house-confirm', facts }
      : noLongerTrue('The request is confirmed already.');
  if (message.kind === 'in-house-declined') {
    const reason = states.findLast((state) => state.status === 'declined')?.reason ?? '';
    return { kind: 'in-house-declined', facts: { ...facts, reason } };
  }
  if (!run || run.status !== 'published') return noLongerTrue('The seminar is no longer planned.');
  const course = await runDetails(systemActor, run.id);
  const bookingUrl = `${sender.baseUrl}${pathOfRun(run)}`;
  return { kind: 'in-house-planned', facts: { ...facts, sessions: sessionsToTell(course), bookingUrl } };
}
