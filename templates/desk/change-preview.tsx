import type { Misfit, RunListing } from '../../server/modules/booking/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { Form, SubmitButton } from '../components/form.tsx';
import { dayOf, momentOf, timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';
import type { Language, Translate } from '../texts/texts.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import type { Rehearsal, RehearsedMails } from './rehearsal.ts';
import type { Happening } from './run-history.tsx';

export type ChangePreviewView = {
  listing: RunListing;
  rehearsal: Rehearsal;
  /** What would be done, in sentences. */
  happenings: readonly Pick<Happening, 'id' | 'text' | 'values'>[];
  /** The form that was filled in: sent again with the press that does it. */
  action: string;
  values: Readonly<Record<string, string>>;
  /** Something changed between the preview and the press. */
  isAnew: boolean;
};

/** Between the form and the change: what would happen, who would be told what, and what no longer fits. */
export function ChangePreview(view: ChangePreviewView) {
  const { t, language } = usePage();
  const { listing, rehearsal, happenings, action, values, isAnew } = view;
  const { run, seminar } = listing;
  return (
    <DeskLayout
      title={t('changes.preview-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <div class="stack">
        {isAnew && (
          <Alert tone="warning" title={t('changes.anew')} role="alert">
            <p class="kern-body">{t('changes.anew-lead')}</p>
          </Alert>
        )}
        <ul class="kern-list kern-list--bullet">
          {happenings.map(({ id, text, values: filled }) => (
            <li key={id}>{t(text, filled)}</li>
          ))}
        </ul>
        {rehearsal.misfits.length > 0 && <Misfits misfits={rehearsal.misfits} />}
      </div>
      <Section id="told" title={t('changes.told-title')}>
        <p class="kern-body">{toldLead(rehearsal, t, language)}</p>
        {rehearsal.mails.map((mails, index) => (
          <Mails key={index} mails={mails} />
        ))}
      </Section>
      <Form action={action}>
        {Object.entries(values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="actions">
          <SubmitButton label={t(rehearsal.mails.length > 0 ? 'changes.confirm' : 'changes.confirm-quiet')} />
          <SubmitButton label={t('changes.back-to-form')} kind="secondary" name="_do" value="back" />
        </div>
      </Form>
    </DeskLayout>
  );
}

function Misfits({ misfits }: { misfits: readonly Misfit[] }) {
  const { t } = usePage();
  return (
    <Alert tone="warning" title={t('changes.misfits-title')}>
      <ul class="kern-list kern-list--bullet">
        {misfits.map((misfit, index) => (
          <li key={index}>
            <MisfitText misfit={misfit} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function MisfitText({ misfit }: { misfit: Misfit }) {
  const { t, language } = usePage();
  if (misfit.kind === 'two-places') {
    const { name, session, other, title } = misfit;
    const values = { name, when: whenOf(session), from: whenOf(other), title: title ?? '' };
    return <>{t(title === undefined ? 'changes.two-places-elsewhere' : 'changes.two-places', values)}</>;
  }
  const { bookings: count, freeUntil } = misfit;
  if (!freeUntil) return <>{t('changes.deadline-past', { count })}</>;
  return <>{t('changes.deadline-free', { count, until: momentOf(freeUntil, 'Europe/Berlin', language) })}</>;

  function whenOf(span: { startsAt: Date; endsAt: Date; timeZone: string }): string {
    return `${dayOf(span.startsAt, span.timeZone, language)}, ${timeSpan(span, language)}`;
  }
}

function Mails({ mails: { kind, role, session, names, example } }: { mails: RehearsedMails }) {
  const { t, language } = usePage();
  return (
    <div class="told-mails">
      <h3 class="kern-title">
        {t(`desk-mail.kind-${kind}`)}
        {session && <span class="muted"> · {dayOf(session.startsAt, session.timeZone, language)}</span>}
      </h3>
      <details class="kern-accordion">
        <summary class="kern-accordion__header">
          <span class="kern-title">{t(`changes.role-${role}`, { count: names.length })}</span>
        </summary>
        <div class="kern-accordion__body">
          <p class="kern-body">{names.join(', ')}</p>
        </div>
      </details>
      {example && (
        <details class="kern-accordion">
          <summary class="kern-accordion__header">
            <span class="kern-title">{t('changes.read-mail')}</span>
          </summary>
          <div class="kern-accordion__body">
            <p class="kern-body">
              <strong>{example.subject}</strong>
            </p>
            <pre class="mail-text" tabIndex={0}>
              {example.text}
            </pre>
          </div>
        </details>
      )}
    </div>
  );
}

/** "3 E-Mails an 2 Teilnehmende und eine Trainerin oder einen Trainer. Eine Erinnerung wird neu geplant." */
function toldLead({ mails, reminders }: Rehearsal, t: Translate, language: Language): string {
  const people = (['participants', 'bookers', 'trainers'] as const).flatMap((role) => {
    const names = new Set(mails.filter((one) => one.role === role).flatMap((one) => one.names));
    return names.size > 0 ? [t(`changes.told-${role}`, { count: names.size })] : [];
  });
  const count = mails.reduce((sum, { names }) => sum + names.length, 0);
  const to = new Intl.ListFormat(language, { type: 'conjunction' }).format(people);
  return [
    t('changes.told-mails', { count, to }),
    ...(reminders > 0 ? [t('changes.told-reminders', { reminders })] : []),
  ].join(' ');
}
