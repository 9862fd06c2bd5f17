import type { Request, RequestHandler } from 'express';
import { notices, type Notice } from '../../templates/desk/paths.ts';
import { seminarsOf, type Seminar } from '../modules/catalogue/index.ts';
import { isCoordinator, scopeOf, type Actor } from '../modules/history/index.ts';
import { providers, type Provider } from '../modules/people/index.ts';
import { AppError, authorise, notFound } from '../platform/errors.ts';
import { actorOf } from '../web/request.ts';

/** Lets coordinators in; whoever is not signed in is asked to. What they may see there, the use cases decide. */
export const coordinatorsOnly: RequestHandler = (req, _res, next) => {
  if (actorOf(req).kind !== 'person') throw new AppError('not-signed-in', 'not-signed-in', 'Sign in first.');
  authorise(isCoordinator(actorOf(req)));
  next();
};

/** A seminar that the actor plans; not there and not yours look the same. @throws not-found */
export async function seminarToPlan(actor: Actor, id: unknown): Promise<Seminar> {
  const seminar = (await seminarsOf(actor)).find((one) => one.id === id);
  if (!seminar) throw notFound('seminar');
  return seminar;
}

/** The providers that the actor plans for. */
export async function providersOf(actor: Actor): Promise<Provider[]> {
  const scope = scopeOf(actor);
  return (await providers()).filter(({ id }) => scope === 'everything' || scope.includes(id));
}

/** What the page before has done. */
export function noticeIn(req: Request): Notice | undefined {
  return notices.find((notice) => notice === req.query['notice']);
}

/** The id in the address; whatever is none is found nowhere. */
export function idIn(req: Request, name: string): string {
  const id = req.params[name];
  return typeof id === 'string' ? id : '';
}
