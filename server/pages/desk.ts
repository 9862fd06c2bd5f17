import { Router } from 'express';
import { startingWith } from '../../templates/form.ts';
import { DeskOverview } from '../../templates/desk/overview.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { desk as runsOnDesk } from '../modules/booking/index.ts';
import { now } from '../platform/clock.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { personal } from '../web/security.ts';
import { deskBookings } from './desk-bookings.ts';
import { deskCalendarPages } from './desk-calendar.ts';
import { coordinatorsOnly, providersOf } from './desk-door.ts';
import type { Rehearse } from './desk-change.ts';
import { deskDecisions } from './desk-decisions.ts';
import { deskMakeUp } from './make-up.ts';
import { deskMail } from './desk-mail.ts';
import { deskRoomChoice } from './desk-room-choice.ts';
import { deskRooms } from './desk-rooms.ts';
import { deskWording } from './desk-wording.ts';
import { deskTravel, deskVenues } from './desk-venues.ts';
import { deskDemand } from './desk-demand.ts';
import { deskInstitutions } from './desk-institutions.ts';
import { deskHolidays } from './desk-holidays.ts';
import { deskNewRun } from './desk-new-run.ts';
import { deskQueue } from './desk-queue.ts';
import { deskReminders } from './desk-reminders.ts';
import { deskRights } from './desk-rights.ts';
import { deskAllSessions } from './desk-all-sessions.ts';
import { deskRunChanges } from './desk-run-changes.ts';
import { deskRunCopy } from './desk-run-copy.ts';
import { deskRun } from './desk-run.ts';
import { deskSeries } from './desk-series.ts';
import { deskSeminars } from './desk-seminars.ts';
import { deskTrainerLinks } from './desk-trainer-links.ts';
import { deskTrainers } from './desk-trainers.ts';
import { deskSessions } from './desk-sessions.ts';

/** The coordinator's desk: seminars, runs and their sessions, who sits and who waits. */
export function desk(rehearse: Rehearse): Router {
  const pages = Router();
  pages.use(deskPaths.overview(), personal, coordinatorsOnly);

  pages.get(deskPaths.overview(), async (req, res) => {
    const provider = typeof req.query['provider'] === 'string' ? req.query['provider'] : '';
    const [runs, providers] = await Promise.all([runsOnDesk(actorOf(req)), providersOf(actorOf(req))]);
    render(res, DeskOverview, {
      now: now(),
      runs: runs.filter(({ run }) => provider === '' || run.providerId === provider),
      providers,
      filter: startingWith({ provider }),
    });
  });

  pages.use(
    deskSeries(),
    deskSeminars(),
    deskNewRun(),
    deskRun(rehearse),
    deskSessions(rehearse),
    deskAllSessions(rehearse),
    deskRunChanges(rehearse),
    deskDecisions(rehearse),
    deskMakeUp(),
    deskBookings(),
    deskQueue(),
    deskRights(),
    deskReminders(),
    deskTrainers(),
    deskTrainerLinks(),
    deskMail(),
    deskWording(),
    deskCalendarPages(),
  );
  pages.use(deskHolidays(), deskRunCopy(), deskDemand(), deskInstitutions());
  pages.use(deskVenues(), deskRooms(), deskTravel(), deskRoomChoice());

  return pages;
}
