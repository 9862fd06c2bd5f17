import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { BookingMails } from '../../templates/desk/booking-mails.tsx';
import { DeskMail } from '../../templates/desk/mail.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { MailAddress } from '../../templates/desk/mail-address.tsx';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import {
  addressInput,
  bookingById,
  calendarProof,
  correctAddress,
  failedMails,
  failedMailToMend,
  giveUpFailedMail,
  mailsOfBooking,
  runDetails,
  sendCalendarAgain,
  sendFailedMailAgain,
} from '../modules/booking/index.ts';
import { coordinatesNetwork } from '../modules/history/index.ts';
import { holdMail, mailHold, mailsDue, releaseMail } from '../modules/mail/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn, noticeIn } from './desk-door.ts';

const holdForm = z.strictObject({
  reason: z.string().trim().min(1, { error: 'required' }).max(300, { error: 'too-long' }),
});
const releaseForm = z.strictObject({ waiting: z.enum(['send', 'withdraw'], { error: 'choose-one' }) });

/** Mail that could not be sent, the switch that holds all mail back, and what was sent about a booking. */
export function deskMail(): Router {
  const pages = Router();

  pages.get(deskPaths.mail(), (req, res) => renderMail(req, res, emptyForm));

  pages.post(deskPaths.mailHold(), async (req, res) => {
    const form = readForm(holdForm, req);
    if (form.errors) return renderMail(req, res.status(422), form);
    await holdMail(actorOf(req), form.value.reason);
    res.redirect(303, deskPaths.mail('mail-held'));
  });

  pages.post(deskPaths.mailRelease(), async (req, res) => {
    const form = readForm(releaseForm, req);
    if (form.errors) return renderMail(req, res.status(422), form);
    await releaseMail(actorOf(req), form.value);
    res.redirect(303, deskPaths.mail('mail-released'));
  });

  pages.post(deskPaths.mailAgain(':messageId'), async (req, res) => {
    await sendFailedMailAgain(actorOf(req), idIn(req, 'messageId'));
    res.redirect(303, deskPaths.mail('mail-again'));
  });

  const address = deskPaths.mailAddress(':messageId');
  pages.get(address, async (req, res) => {
    const mail = await failedMailToMend(actorOf(req), idIn(req, 'messageId'));
    render(res, MailAddress, { mail, form: startingWith({ email: mail.recipient?.email ?? '' }) });
  });

  pages.post(address, async (req, res) => {
    const mail = await failedMailToMend(actorOf(req), idIn(req, 'messageId'));
    const form = readForm(addressInput, req);
    if (form.errors) return render(res.status(422), MailAddress, { mail, form });
    const done = await orRefusal(correctAddress(actorOf(req), mail.id, form.value.email));
    if (isRefusal(done)) {
      const again = refusedForm(form.values, done, 'email');
      return render(res.status(statusOfKind[done.kind]), MailAddress, { mail, form: again });
    }
    res.redirect(303, deskPaths.mail('mail-corrected'));
  });

  pages.post(deskPaths.mailSettled(':messageId'), async (req, res) => {
    await giveUpFailedMail(actorOf(req), idIn(req, 'messageId'));
    res.redirect(303, deskPaths.mail('mail-settled'));
  });

  pages.get(deskPaths.bookingMails(':bookingId'), async (req, res) => {
    const booking = await bookingById(actorOf(req), idIn(req, 'bookingId'));
    const [mails, calendars, listing] = await Promise.all([
      mailsOfBooking(actorOf(req), booking.id),
      calendarProof(actorOf(req), booking.id),
      runDetails(actorOf(req), booking.runId),
    ]);
    render(res, BookingMails, { booking, listing, mails, calendars, notice: noticeIn(req) });
  });

  pages.post(deskPaths.calendarAgain(':bookingId', ':participantId'), async (req, res) => {
    const bookingId = idIn(req, 'bookingId');
    const mails = await sendCalendarAgain(actorOf(req), bookingId, idIn(req, 'participantId'));
    res.redirect(303, deskPaths.bookingMails(bookingId, mails > 0 ? 'calendar-again' : 'calendar-on-its-way'));
  });

  return pages;
}

async function renderMail(req: Request, res: Response, form: FormState): Promise<void> {
  const [failed, hold, due] = await Promise.all([failedMails(actorOf(req)), mailHold(), mailsDue()]);
  const mayHold = coordinatesNetwork(actorOf(req));
  render(res, DeskMail, { failed, hold, due, mayHold, form, notice: noticeIn(req) });
}
