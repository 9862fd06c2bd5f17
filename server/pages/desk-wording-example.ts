import type { Request } from 'express';
import { exampleFacts, type MailFacts, type MailKind, type MailLanguage } from '../../templates/mail/index.ts';
import { desk as runsOnDesk, runDetails } from '../modules/booking/index.ts';
import { seminarsOf } from '../modules/catalogue/index.ts';
import { isOnline } from '../modules/scheduling/index.ts';
import type { WordingOwner } from '../modules/wording/index.ts';
import { now } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import { actorOf } from '../web/request.ts';
import { providersOf } from './desk-door.ts';

export type Owned = { of: string; owner: WordingOwner; ownerName: string };
export type Asked = Owned & { kind: MailKind; language: MailLanguage };

/** Whose words: `provider:<slug>` or `seminar:<id>`; the first provider, where nobody is named. @throws not-found */
export async function ownerIn(req: Request, of: string | undefined): Promise<Owned> {
  const actor = actorOf(req);
  const [, what, id] = /^(provider|seminar):([\w-]{1,60})$/.exec(of ?? '') ?? [];
  if (what === 'seminar') {
    const seminar = (await seminarsOf(actor)).find((one) => one.id === id);
    if (!seminar) throw notFound('seminar');
    return { of: `seminar:${seminar.id}`, owner: { seminarId: seminar.id }, ownerName: seminar.title };
  }
  const providers = await providersOf(actor);
  const provider = of === undefined ? providers[0] : providers.find((one) => one.id === id);
  if (!provider) throw notFound('provider');
  return { of: `provider:${provider.id}`, owner: { providerId: provider.id }, ownerName: provider.name };
}

/** A mail with what is true of the owner's next run; invented where there is none. */
export async function exampleFor(
  req: Request,
  { kind, owner }: Asked,
): Promise<{ facts: MailFacts[MailKind]; isReal: boolean; runId?: string }> {
  const actor = actorOf(req);
  const [next] = (await runsOnDesk(actor))
    .filter(({ run }) => run.endsAt > now() && (run.status === 'published' || run.status === 'draft'))
    .filter(({ run }) =>
      'seminarId' in owner ? run.seminarId === owner.seminarId : run.providerId === owner.providerId,
    )
    .toSorted((one, other) => one.run.startsAt.getTime() - other.run.startsAt.getTime());
  if (!next) return { facts: exampleFacts(kind, {}), isReal: false };
  const { seminar, provider, sessions, run } = await runDetails(actor, next.run.id);
  const told = sessions.map(({ startsAt, endsAt, timeZone, location, moduleId }) => {
    const module = seminar.modules.find(({ id }) => id === moduleId)?.title;
    const place = isOnline(location) ? 'Online' : location;
    return { startsAt, endsAt, timeZone, location: place, ...(module !== undefined && { module }) };
  });
  const facts = exampleFacts(kind, {
    seminarTitle: seminar.title,
    providerName: provider.name,
    ...(provider.email && { providerEmail: provider.email }),
    sessions: told,
  });
  return { facts, isReal: true, runId: run.id };
}
