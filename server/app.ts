import compression from 'compression';
import express, { type Express } from 'express';
import type { Config } from './config.ts';
import { rehearsalsWith } from '../jobs/rehearsal.ts';
import { createApi, problems } from './api/index.ts';
import { operations } from './api/operations.ts';
import { bookings } from './pages/bookings.ts';
import { coordinators, networkCoordinator, secretary, trainers } from './demo/cast.ts';
import { catalogue } from './pages/catalogue.ts';
import { demand } from './pages/demand.ts';
import { desk } from './pages/desk.ts';
import { guests } from './pages/guests.ts';
import { devMail } from './pages/dev-mail.ts';
import { feeds } from './pages/feeds.ts';
import { institution } from './pages/institution.ts';
import { information } from './pages/information.ts';
import { ownDetails } from './pages/own-details.ts';
import { runs } from './pages/runs.ts';
import { seminars } from './pages/seminars.ts';
import type { QueueHealth } from './platform/queue.ts';
import { signIn } from './pages/sign-in.ts';
import { teachingLinks } from './pages/teaching.ts';
import { deskSubscriptions, trainerCalendarPages } from './pages/subscriptions.ts';
import { trainer } from './pages/trainer.ts';
import { limitByAddress } from './web/address-limit.ts';
import { assets } from './web/assets.ts';
import { refuseCrossSite, requireFormToken } from './web/cross-site.ts';
import { errorPages, noSuchPage } from './web/error-pages.ts';
import { readFileForms } from './web/file-form.ts';
import { framePages } from './web/frame.ts';
import { chooseLanguage } from './web/language.ts';
import { refuseRepeatedQuery } from './web/malformed.ts';
import { giveRequestId } from './web/request.ts';
import { requestLog } from './web/request-log.ts';
import { securityHeaders } from './web/security.ts';
import { recogniseVisitor } from './web/sign-in-session.ts';

export type AppSettings = {
  config: Config;
  /** How many proxies in front of us may say where a request comes from; none unless told. */
  trustedProxies?: number;
  /** Most requests a minute from one address. */
  addressLimit?: number;
  /** How the queue is; where it is not given, nobody asks. */
  queueHealth?: () => Promise<QueueHealth>;
};

/** Mosaik's web: what every request passes, then the map of the site. */
export function createApp({
  config,
  trustedProxies = 0,
  addressLimit,
  queueHealth = async () => ({ ok: true }),
}: AppSettings): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustedProxies);
  app.set('etag', false);

  app.use(giveRequestId, requestLog(), ...securityHeaders(config));
  app.use(compression({ filter: isWorthCompressing }));
  app.use('/assets', assets());
  app.use(operations({ production: config.production, queueHealth }));
  const limit = limitByAddress(addressLimit);
  app.use('/api/v1', limit, createApi(config), problems);

  app.use(chooseLanguage, framePages(config), limit, refuseRepeatedQuery);
  app.use(refuseCrossSite(config.baseUrl), recogniseVisitor(config));
  app.use(
    express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 500 }),
    ...readFileForms,
    requireFormToken,
  );
  app.use(guests(config), demand());
  app.use(catalogue(), seminars(), runs(), bookings(), ownDetails(), feeds(), information(), devMail(config));
  app.use(
    signIn({ baseUrl: config.baseUrl, demoPeople: [networkCoordinator, ...coordinators, ...trainers, secretary] }),
    desk(rehearsalsWith(config)),
    deskSubscriptions(config.baseUrl),
    trainer(),
    institution(),
    trainerCalendarPages(config.baseUrl),
    teachingLinks(),
  );
  app.use(noSuchPage, errorPages);
  return app;
}

/** Pages about a person are not compressed: their length would tell of the secrets in them (BREACH). */
function isWorthCompressing(req: express.Request, res: express.Response): boolean {
  return res.getHeader('Cache-Control') !== 'no-store' && compression.filter(req, res);
}
