import { Router, type Request } from 'express';
import { z } from 'zod';
import { feedAddress, subscriptionPaths, trainerCalendar } from '../../templates/calendar/paths.ts';
import type { Subscription } from '../../templates/calendar/subscription.tsx';
import { Subscriptions } from '../../templates/desk/subscriptions.tsx';
import { trainerSession } from '../../templates/trainer/paths.ts';
import { TrainerCalendar } from '../../templates/trainer/calendar.tsx';
import type { Actor } from '../modules/history/index.ts';
import { isTrainer } from '../modules/history/index.ts';
import { personById, trainers } from '../modules/people/index.ts';
import { feedsOf, openFeed, renewFeed, taughtDuring, type FeedSubject } from '../modules/scheduling/index.ts';
import { roomsFor } from '../modules/venues/index.ts';
import { AppError, authorise, notFound } from '../platform/errors.ts';
import { readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { personal } from '../web/security.ts';
import { calendarSpanIn } from './calendar-days.ts';
import { calendarView, daysOf } from './desk-calendar.ts';
import { coordinatorsOnly, providersOf } from './desk-door.ts';

const wishForm = z.strictObject({
  kind: z.enum(['provider', 'room', 'trainer']),
  id: z.string().min(1).max(80),
  wish: z.enum(['open', 'renew']),
});
type Unaddressed = Omit<Subscription, 'address'>;

/** The addresses under which a coordinator's calendars can be subscribed to. */
export function deskSubscriptions(baseUrl: string): Router {
  const pages = Router();
  pages.use(subscriptionPaths.desk(), personal, coordinatorsOnly);

  pages.get(subscriptionPaths.desk(), async (req, res) => {
    const subscriptions = await addressed(await subjectsOf(actorOf(req)), baseUrl);
    render(res, Subscriptions, { subscriptions });
  });

  pages.post(subscriptionPaths.desk(), async (req, res) => {
    await carryOut(req);
    res.redirect(303, subscriptionPaths.desk());
  });

  return pages;
}

/** A trainer's own calendar, and its address. */
export function trainerCalendarPages(baseUrl: string): Router {
  const pages = Router();
  pages.use(trainerCalendar(), personal);

  pages.get(trainerCalendar(), async (req, res) => {
    const { personId, name } = await trainerIn(actorOf(req));
    const span = calendarSpanIn({ ...req.query, ...(isForTrainers(req.query['view']) ? {} : { view: 'month' }) });
    const sessions = await taughtDuring(personId, { from: span.from.toJSDate(), to: span.to.toJSDate() });
    const shown = sessions.map((session) => ({ ...session, href: trainerSession(session.id) }));
    const address = (at: object) => trainerCalendar({ view: span.view, on: span.on, ...at });
    const calendar = { ...calendarView(span, address, ownViews), days: daysOf(span, shown) };
    const [subscription] = await addressed([{ kind: 'trainer', id: personId, name }], baseUrl);
    if (!subscription) throw notFound('trainer');
    render(res, TrainerCalendar, { calendar, subscription });
  });

  pages.post(subscriptionPaths.trainer(), async (req, res) => {
    await carryOut(req);
    res.redirect(303, trainerCalendar());
  });

  return pages;
}

const ownViews = ['month', 'week', 'list'] as const;

function isForTrainers(view: unknown): boolean {
  return ownViews.some((one) => one === view);
}

async function trainerIn(actor: Actor): Promise<{ personId: string; name: string }> {
  if (actor.kind !== 'person') throw new AppError('not-signed-in', 'not-signed-in', 'Sign in first.');
  authorise(isTrainer(actor));
  return { personId: actor.personId, name: (await personById(actor.personId))?.name ?? '' };
}

/** The use case says who may; a form that nobody made here is for nothing that is there. @throws not-found */
async function carryOut(req: Request): Promise<void> {
  const form = readForm(wishForm, req);
  if (form.errors) throw notFound('feed');
  const { wish, ...subject } = form.value;
  await (wish === 'open' ? openFeed : renewFeed)(actorOf(req), subject satisfies FeedSubject);
}

async function subjectsOf(actor: Actor): Promise<Unaddressed[]> {
  const [providers, rooms, teachers] = [await providersOf(actor), await roomsFor(actor), await trainers()];
  return [
    ...providers.map(({ id, name }) => ({ kind: 'provider' as const, id, name })),
    ...rooms.map(({ id, name, venue }) => ({ kind: 'room' as const, id, name, under: venue.name })),
    ...teachers.map(({ id, name }) => ({ kind: 'trainer' as const, id, name })),
  ];
}

async function addressed(subjects: readonly Unaddressed[], baseUrl: string): Promise<Subscription[]> {
  const tokens = await feedsOf(subjects);
  return subjects.map((subject) => {
    const token = tokens.get(`${subject.kind}:${subject.id}`);
    return { ...subject, ...(token !== undefined && { address: `${baseUrl}${feedAddress(token)}` }) };
  });
}
