import { approverToTell, bookingToTell, misfitsIn, type Misfit } from '../server/modules/booking/index.ts';
import { eventsById, type Actor, type HistoryEvent } from '../server/modules/history/index.ts';
import { messagesById, reminderKinds } from '../server/modules/mail/index.ts';
import { personById } from '../server/modules/people/index.ts';
import { sessionById, sessionSetAside, type Session } from '../server/modules/scheduling/index.ts';
import { rehearsed, type CommitNote } from '../server/platform/database.ts';
import { fingerprintOf } from '../server/platform/secrets.ts';
import type { RecipientRole, Rehearsal, RehearsedMails } from '../templates/desk/rehearsal.ts';
import { renderMail } from '../templates/mail/index.ts';
import { contentFor } from './compose-mail.ts';
import type { Sender } from './mails/mail-draft.ts';
import { wordsFor } from './mails/wording-trial.ts';
import { relayEvent } from './relay-events.ts';

type Message = Awaited<ReturnType<typeof messagesById>>[number];

/** Finds out what an act would do: does it, tells everybody, reads what was written, and takes all of it back. */
export function rehearsalsWith(sender: Sender) {
  return (actor: Actor, runId: string, act: () => Promise<unknown>): Promise<Rehearsal> =>
    rehearsed(async (written) => {
      await act();
      const events = await eventsById(await relayed(written));
      const messages = await messagesById(idsOf(await written(), 'message'));
      const said = messages.filter(({ kind }) => !reminderKinds.includes(kind));
      const mails = await groupsOf(said, sender);
      const misfits = await misfitsIn(actor, runId, sessionsIn(events));
      return {
        events: events.filter(({ about }) => about.changeId !== undefined),
        mails,
        reminders: messages.length - said.length,
        misfits,
        fingerprint: fingerprintOf(
          JSON.stringify([said.map(aboutOf).toSorted(), mails.map(spanOf), misfits.map(spanOf)]),
        ),
      };
    });
}

/** Tells of every event, and of those that telling makes; gives their ids. */
async function relayed(written: () => Promise<readonly CommitNote[]>): Promise<string[]> {
  const told: string[] = [];
  for (let next = idsOf(await written(), 'event'); next.length > told.length; next = idsOf(await written(), 'event'))
    for (const id of next.slice(told.length)) {
      await relayEvent(id);
      // Told for real, each event commits before the next one looks which reminders there are.
      await written();
      told.push(id);
    }
  return told;
}

function idsOf(notes: readonly CommitNote[], topic: string): string[] {
  return notes.filter((note) => note.topic === topic).map(({ id }) => id);
}

/** Those sessions of the plan that are not what they were. */
function sessionsIn(events: readonly HistoryEvent[]): string[] {
  return events.flatMap(({ type, about, facts }) => {
    if (type === 'run-rescheduled') return rescheduledIn(facts);
    return about.sessionId ? [about.sessionId] : [];
  });
}

function rescheduledIn({ kept, added }: Record<string, unknown>): string[] {
  const ids = [...(Array.isArray(kept) ? kept : []), ...(Array.isArray(added) ? added : [])];
  return ids.map((one: unknown) => (typeof one === 'object' && one && 'id' in one ? String(one.id) : String(one)));
}

async function groupsOf(messages: readonly Message[], sender: Sender): Promise<RehearsedMails[]> {
  const groups = new Map<string, Message[]>();
  for (const message of messages) {
    const name = `${message.kind} ${roleOf(message)} ${message.about.sessionId ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), message]);
  }
  const found: RehearsedMails[] = [];
  for (const group of groups.values()) found.push(await groupOf(group, sender));
  return found.filter(({ names }) => names.length > 0);
}

async function groupOf(group: readonly Message[], sender: Sender): Promise<RehearsedMails> {
  const [first] = group;
  if (!first) throw new Error('A group of mails without a mail.');
  const names: string[] = [];
  for (const message of group) names.push(await nameOf(message));
  const session = first.about.sessionId ? await anySession(first.about.sessionId) : undefined;
  return {
    kind: first.kind,
    role: roleOf(first),
    ...(session && { session }),
    names: names.filter(Boolean).toSorted((one, other) => one.localeCompare(other, 'de')),
    ...(await exampleOf(group, sender)),
  };
}

/** Read as the mails will be, from what would be true then. */
async function exampleOf(group: readonly Message[], sender: Sender): Promise<Pick<RehearsedMails, 'example'>> {
  for (const message of group.slice(0, 3)) {
    const content = await contentFor(message, sender);
    if ('state' in content || 'dueAt' in content) continue;
    const words = await wordsFor(message, content);
    const { subject, text } = renderMail(content.kind, content.language, content.facts, words);
    return { example: { subject, text } };
  }
  return {};
}

async function nameOf({ to }: Message): Promise<string> {
  if ('personId' in to) return (await personById(to.personId))?.name ?? '';
  if (!('bookingId' in to)) return '';
  if ('approverId' in to) return (await approverToTell(to.bookingId, to.approverId))?.name ?? '';
  const booking = (await bookingToTell(to.bookingId))?.booking;
  if (!to.participantId) return booking?.booker.name ?? '';
  return booking?.participants.find(({ id }) => id === to.participantId)?.name ?? '';
}

function roleOf({ to }: Message): RecipientRole {
  if ('personId' in to) return 'trainers';
  return 'participantId' in to && to.participantId ? 'participants' : 'bookers';
}

async function anySession(id: string): Promise<Session | undefined> {
  return (await sessionById(id)) ?? (await sessionSetAside(id));
}

function aboutOf({ kind, to }: Message): string {
  return JSON.stringify([kind, to]);
}

/** Without the id of the session: one that is added has another each time. */
function spanOf(said: RehearsedMails | Misfit): unknown {
  if (!('session' in said) || !said.session) return said;
  const { session, ...rest } = said;
  const { example: _words, ...fixed } = { example: undefined, ...rest };
  return [session.startsAt, session.endsAt, fixed];
}
