import { Router } from 'express';
import { dayOf } from '../../templates/dates.ts';
import { paths } from '../../templates/paths.ts';
import { trainerAbsence, trainerAnswer, trainerSession, trainerTimes } from '../../templates/trainer/paths.ts';
import { AbsenceQuestion } from '../../templates/trainer/request.tsx';
import { TrainerSession } from '../../templates/trainer/session.tsx';
import { TrainerSessions } from '../../templates/trainer/sessions.tsx';
import { TrainerTimesPage } from '../../templates/trainer/times.tsx';
import { requestsToAnswer, sessionsToTeach, sessionToTeach } from '../modules/booking/index.ts';
import { answerRequest, reportAbsence, setTimes, timesOf } from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import { orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { personal } from '../web/security.ts';
import { idIn } from './desk-door.ts';
import { answerForm } from './teaching.ts';
import { readTimes, timesForm } from './trainer-times.ts';

/** A trainer's own page: what is asked, the sessions and who sits in them, and when there is time. */
export function trainer(): Router {
  const pages = Router();
  pages.use(paths.trainer(), personal);

  pages.get(paths.trainer(), async (req, res) => {
    const sessions = await sessionsToTeach(actorOf(req));
    render(res, TrainerSessions, { now: now(), requests: await requestsToAnswer(actorOf(req)), sessions });
  });

  pages.post(trainerAnswer(':requestId'), async (req, res) => {
    personIn(actorOf(req));
    const form = readForm(answerForm, req);
    if (!form.errors) await orRefusal(answerRequest(actorOf(req), idIn(req, 'requestId'), form.value.answer));
    res.redirect(303, paths.trainer());
  });

  pages.get(trainerTimes(), async (req, res) => {
    const times = await timesOf(actorOf(req), personIn(actorOf(req)));
    render(res, TrainerTimesPage, { form: timesForm(times), action: trainerTimes(), back: paths.trainer() });
  });

  pages.post(trainerTimes(), async (req, res) => {
    const trainerId = personIn(actorOf(req));
    const read = readTimes(req);
    if (!read.times) {
      const status = read.form.errors.length > 0 ? 422 : 200;
      return render(res.status(status), TrainerTimesPage, {
        form: read.form,
        action: trainerTimes(),
        back: paths.trainer(),
      });
    }
    await setTimes(actorOf(req), trainerId, read.times);
    res.redirect(303, trainerTimes());
  });

  pages.get(trainerSession(':sessionId'), async (req, res) => {
    const shown = await sessionToTeach(actorOf(req), idIn(req, 'sessionId'));
    render(res, TrainerSession, {
      ...shown,
      back: paths.trainer(),
      ...(shown.session.startsAt > now() && { absence: trainerAbsence(shown.session.id) }),
    });
  });

  pages.get(trainerAbsence(':sessionId'), async (req, res) => {
    const { seminar, session } = await sessionToTeach(actorOf(req), idIn(req, 'sessionId'));
    render(res, AbsenceQuestion, {
      title: seminar.title,
      titleLanguage: seminar.language,
      day: dayOf(session.startsAt, session.timeZone, languageOf(req)),
      action: trainerAbsence(session.id),
      back: trainerSession(session.id),
    });
  });

  pages.post(trainerAbsence(':sessionId'), async (req, res) => {
    const { session } = await sessionToTeach(actorOf(req), idIn(req, 'sessionId'));
    await orRefusal(reportAbsence(actorOf(req), session.id));
    res.redirect(303, trainerSession(session.id));
  });

  return pages;
}

/** @throws not-signed-in */
function personIn(actor: ReturnType<typeof actorOf>): string {
  if (actor.kind !== 'person') throw new AppError('not-signed-in', 'not-signed-in', 'Sign in first.');
  return actor.personId;
}
