import type { FailedMail } from '../../server/modules/booking/index.ts';
import type { MailHold } from '../../server/modules/mail/index.ts';
import { Alert, Badge, Section } from '../components/display.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { TextField } from '../components/fields.tsx';
import { momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout, DeskTabs } from './frame.tsx';
import { deskPaths, type Notice } from './paths.ts';
import { wordingPaths } from './wording-paths.ts';

export type MailView = {
  failed: readonly FailedMail[];
  hold: MailHold | undefined;
  /** How many mails wait to go out now. */
  due: number;
  mayHold: boolean;
  form: FormState;
  notice: Notice | undefined;
};

/** Mails that somebody must look after, and the switch that holds all mail back. */
export function DeskMail({ failed, hold, due, mayHold, form, notice }: MailView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('desk-mail.title')} notice={notice} hasErrors={form.errors.length > 0} wide>
      <DeskTabs here="mail" />
      <ErrorSummary form={form} />
      {hold && <Held hold={hold} due={due} mayRelease={mayHold} />}
      <Section id="failed" title={t('desk-mail.failed-title', { count: failed.length })}>
        <p class="kern-body muted">{t(failed.length > 0 ? 'desk-mail.failed-lead' : 'desk-mail.none-failed')}</p>
        <ul class="bookings">
          {failed.map((mail) => (
            <Failed key={mail.id} mail={mail} />
          ))}
        </ul>
      </Section>
      <p class="kern-body">
        <a class="kern-link kern-link--no-visited-state" href={wordingPaths.texts()}>
          {t('wording.open')}
        </a>
      </p>
      {mayHold && !hold && <Holding form={form} />}
    </DeskLayout>
  );
}

function Failed({ mail }: { mail: FailedMail }) {
  const { t, language } = usePage();
  const { id, kind, recipient, failedAt, reason, addressFails, isCorrectable, runId, bookingId } = mail;
  return (
    <li class="bookings__entry">
      <p class="bookings__places">{momentOf(failedAt, 'Europe/Berlin', language)}</p>
      <div class="bookings__who">
        <p class="bookings__name">{recipient?.name ?? t('desk-mail.nobody')}</p>
        {recipient && <p class="kern-body kern-body--small">{recipient.email}</p>}
        <p class="kern-body kern-body--small">{t(`desk-mail.kind-${kind}`)}</p>
      </div>
      <div class="bookings__who">
        {addressFails && <Badge tone="danger" label={t('desk-mail.address-fails')} />}
        <p class="kern-body kern-body--small">{t('desk-mail.reason', { reason })}</p>
        {runId && (
          <a class="kern-link kern-link--small kern-link--no-visited-state" href={deskPaths.run(runId)}>
            {t('desk-mail.to-run')}
          </a>
        )}{' '}
        {bookingId && (
          <a class="kern-link kern-link--small kern-link--no-visited-state" href={deskPaths.bookingMails(bookingId)}>
            {t('desk-mail.to-booking')}
          </a>
        )}
      </div>
      <div class="actions">
        {isCorrectable && (
          <ButtonLink href={deskPaths.mailAddress(id)} label={t('desk-mail.address-correct')} kind="secondary" />
        )}
        <Form action={deskPaths.mailAgain(id)}>
          <SubmitButton label={t('desk-mail.again')} kind="secondary" />
        </Form>
        <Form action={deskPaths.mailSettled(id)}>
          <SubmitButton label={t('desk-mail.settle')} kind="tertiary" />
        </Form>
      </div>
    </li>
  );
}

type HeldProps = { hold: MailHold; due: number; mayRelease: boolean };

function Held({ hold, due, mayRelease }: HeldProps) {
  const { t, language } = usePage();
  const since = momentOf(hold.at, 'Europe/Berlin', language);
  return (
    <Alert tone="warning" title={t('desk-mail.held-since', { since })}>
      <p class="kern-body">{t('desk-mail.held-because', { reason: hold.reason })}</p>
      <p class="kern-body">{t('desk-mail.held-due', { due })}</p>
      {mayRelease && (
        <Form action={deskPaths.mailRelease()} label={t('desk-mail.release')}>
          <p class="kern-body">{t('desk-mail.release-lead')}</p>
          <div class="actions">
            <SubmitButton label={t('desk-mail.release-send')} name="waiting" value="send" />
            <SubmitButton label={t('desk-mail.release-withdraw')} kind="secondary" name="waiting" value="withdraw" />
          </div>
        </Form>
      )}
    </Alert>
  );
}

function Holding({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Section id="hold" title={t('desk-mail.hold-title')}>
      <p class="kern-body">{t('desk-mail.hold-lead')}</p>
      <Form action={deskPaths.mailHold()}>
        <TextField form={form} name="reason" label={t('desk-mail.hold-reason')} />
        <div class="actions">
          <SubmitButton label={t('desk-mail.hold')} kind="secondary" />
        </div>
      </Form>
    </Section>
  );
}
