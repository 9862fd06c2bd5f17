import { modulesOfRun, type RunDetails, type RunListing } from '../../server/modules/booking/index.ts';
import type { Institution } from '../../server/modules/people/index.ts';
import { Alert, BackLink } from '../components/display.tsx';
import { Checkbox, Fieldset, SelectField, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, timeSpan } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { AccessFields } from '../venues/access-needs.tsx';
import { usePage } from '../page.ts';
import { FurtherRuns, labelOfFurtherRun } from '../queue/further-runs.tsx';
import { ModuleChoice } from '../modules/module-choice.tsx';
import { HeadCountFields, labelOfGroup } from './head-count-fields.tsx';
import { paths } from '../paths.ts';
import { placeInPublic } from '../places.ts';
import { PlacesBadge } from '../public/run-card.tsx';
import { labelsOfSuperiors, SuperiorFields } from './superior-fields.tsx';
import type { TextKey, Translate } from '../texts/texts.ts';

export type NewBookingView = {
  details: RunDetails;
  /** Where the run is full: the other runs of the seminar, in which one may wait as well. */
  beside: readonly RunListing[];
  form: FormState;
  /** How many lines for participants; none where the booker books for herself. */
  rows: number;
  /** For a group that comes without names. */
  isHeadCount: boolean;
  /** Makes a form that is sent twice book once. */
  requestKey: string;
  /** Whoever signed in as a contact books for an institution. */
  contact?: BookingContact;
};

/** Somebody who may book for these institutions. */
export type BookingContact = { name: string; email: string; institutions: readonly Institution[] };

const labels: Record<string, TextKey> = {
  'booker.name': 'booking.your-name',
  'booker.email': 'booking.your-email',
  institution: 'booking.institution',
  places: 'booking.places-total',
  code: 'rights.code',
  ...labelsOfSuperiors,
};

/** The form for one place or for a whole team; works without JavaScript, and keeps everything that was typed. */
export function NewBooking(view: NewBookingView) {
  const { t, language } = usePage();
  const { details, form, rows, isHeadCount, requestKey } = view;
  const { run } = details;
  return (
    <Layout
      title={t(titleOf(view))}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.run(run.id)} label={t('booking.back-to-run')} />}
    >
      <ErrorSummary form={form} labelOf={(field) => (isHeadCount ? labelOfGroup(field, t) : labelOf(field, t))} />
      <RunInBrief details={details} isGroup={rows > 0 || isHeadCount} />
      <Form action={paths.bookings(run.id)}>
        <input type="hidden" name="_key" value={requestKey} />
        <input type="hidden" name="_rows" value={rows} />
        {isHeadCount && <input type="hidden" name="_headCount" value="on" />}
        <input type="hidden" name="booker.language" value={language} />
        <Modules details={details} form={form} />
        <BookerFields
          form={form}
          isGroup={rows > 0 || isHeadCount}
          contact={view.contact}
          isCounted={run.perInstitution !== undefined}
        />
        <SuperiorFields details={details} form={form} />
        {run.admission && <CodeField form={form} admission={run.admission} />}
        {isHeadCount ? (
          <HeadCountFields form={form} />
        ) : (
          <>
            {rows === 0 && <AccessFields form={form} prefix="access." />}
            {rows > 0 ? <Group {...view} /> : <OneOrMore run={run} />}
          </>
        )}
        <FurtherRuns beside={view.beside} form={form} />
        <Privacy details={details} />
        <div class="actions">
          <SubmitButton label={t(submitLabel(details, isHeadCount ? 1 : rows))} />
        </div>
      </Form>
    </Layout>
  );
}

function titleOf({ details, rows, isHeadCount }: NewBookingView): TextKey {
  if (details.places.left === 0) return 'booking.submit-waiting';
  if (isHeadCount) return 'names.head-count-title';
  return rows > 0 ? 'booking.title-group' : 'booking.title-one';
}

function labelOf(field: string, t: Translate): string | undefined {
  const [, index, part] = /^participants\[(\d+)\]\.(name|email)$/.exec(field) ?? [];
  if (index !== undefined)
    return t(part === 'name' ? 'booking.person-name' : 'booking.person-email', { number: Number(index) + 1 });
  const key = labels[field];
  return key ? t(key) : labelOfFurtherRun(field, t);
}

function submitLabel({ places }: RunDetails, rows: number) {
  if (places.left === 0) return 'booking.submit-waiting';
  return rows > 0 ? 'booking.submit-group' : 'booking.submit-one';
}

/** What is being booked, so that nobody has to go back to see. */
function RunInBrief({ details, isGroup }: { details: RunDetails; isGroup: boolean }) {
  const { t, language } = usePage();
  const { seminar, run, sessions, places } = details;
  return (
    <div class="panel brief">
      <p class="kern-title" lang={seminar.language === language ? undefined : seminar.language}>
        {seminar.title}
      </p>
      <p>
        {sessions.length > 1
          ? t('booking.first-of', { day: dayOf(run.startsAt, run.timeZone, language), sessions: sessions.length })
          : `${dayOf(run.startsAt, run.timeZone, language)}, ${timeSpan(run, language)}`}
      </p>
      <p class="muted">{placeInPublic(run.location, t)}</p>
      <p>
        <PlacesBadge places={places} language={language} />
      </p>
      {isGroup && places.left > 0 && !places.modules && <p>{t('booking.group-waits', { left: places.left })}</p>}
      {run.admission && <p>{t('rights.restricted-said')}</p>}
      {run.perInstitution !== undefined && <p>{t('rights.limit-said', { most: run.perInstitution })}</p>}
      {places.left === 0 && (
        <Alert tone="info" title={t('booking.full-title')}>
          <p class="kern-body">{t('booking.full-hint')}</p>
        </Alert>
      )}
    </div>
  );
}

/** Which modules, where each is booked for itself. */
function Modules({ details, form }: Pick<NewBookingView, 'details' | 'form'>) {
  const { t, language } = usePage();
  const { seminar, places } = details;
  if (!places.modules) return null;
  return (
    <ModuleChoice
      modules={modulesOfRun(details)}
      form={form}
      language={seminar.language === language ? undefined : seminar.language}
      legend={t('modules.choose')}
      hint={t('modules.choose-hint')}
    />
  );
}

/** `isCounted`: where institutions may hold only so many places, each booker says for which. */
type BookerProps = { form: FormState; isGroup: boolean; isCounted: boolean; contact: BookingContact | undefined };

function BookerFields({ form, isGroup, isCounted, contact }: BookerProps) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('booking.you')} hint={t(isGroup ? 'booking.you-hint-group' : 'booking.you-hint')}>
      <TextField form={form} name="booker.name" label={t('booking.your-name')} autocomplete="name" />
      <TextField
        form={form}
        name="booker.email"
        label={t('booking.your-email')}
        hint={t('booking.your-email-hint')}
        type="email"
        autocomplete="email"
        inputMode="email"
      />
      {contact ? (
        <SelectField
          form={form}
          name="_institution"
          label={t('institutions.book-for')}
          hint={t('institutions.book-for-hint')}
          options={contact.institutions.map(({ id, name }) => ({ value: id, label: name }))}
          anyLabel={t('institutions.book-privately')}
          optional="unsaid"
        />
      ) : (
        <TextField
          form={form}
          name="institution"
          label={t('booking.institution')}
          hint={t('booking.institution-hint')}
          autocomplete="organization"
          optional={!isCounted}
        />
      )}
    </Fieldset>
  );
}

/** How somebody shows the right to book a run that is not for everybody. */
function CodeField({ form, admission }: { form: FormState; admission: NonNullable<RunDetails['run']['admission']> }) {
  const { t } = usePage();
  const { institutions, codes, domains } = admission;
  const ways = [
    institutions.length > 0 && t('rights.by-institution'),
    domains.length > 0 && t('rights.by-domain', { domains: domains.join(', ') }),
    codes.length > 0 && t('rights.by-code'),
  ].filter((way) => way !== false);
  return (
    <Fieldset legend={t('rights.who-may')} hint={t('rights.who-may-hint')}>
      <ul class="kern-list kern-list--bullet">
        {ways.map((way) => (
          <li key={way}>{way}</li>
        ))}
      </ul>
      {(codes.length > 0 || form.errors.some(({ field }) => field === 'code')) && (
        <TextField
          form={form}
          name="code"
          label={t('rights.code')}
          hint={t('rights.code-hint')}
          autocomplete="off"
          width="medium"
          optional
        />
      )}
    </Fieldset>
  );
}

function OneOrMore({ run }: Pick<RunDetails, 'run'>) {
  const { t } = usePage();
  return (
    <div class="aside-offer">
      <p class="kern-body">{t('booking.one-place')}</p>
      <SubmitButton label={t('booking.make-group')} kind="tertiary" name="_more" value="group" />
      {run.groups === 'head-count' && (
        <SubmitButton label={t('names.make-head-count')} kind="tertiary" name="_more" value="head-count" />
      )}
    </div>
  );
}

function Group({ form, rows }: NewBookingView) {
  const { t } = usePage();
  return (
    <>
      <Fieldset legend={t('booking.participants')} hint={t('booking.participants-hint')}>
        <Checkbox form={form} name="_self" label={t('booking.myself')} />
        <AccessFields form={form} prefix="access." />
        {Array.from({ length: rows }, (_, index) => (
          <div key={index}>
            <PersonRow form={form} index={index} />
            <AccessFields form={form} prefix={`participants[${index}].access.`} isSomebodyElse />
          </div>
        ))}
        <div class="actions">
          <SubmitButton label={t('booking.more-rows')} kind="secondary" name="_more" value="rows" />
        </div>
      </Fieldset>
      <Fieldset legend={t('booking.places')}>
        <TextField
          form={form}
          name="places"
          label={t('booking.places-total')}
          hint={t('booking.places-hint')}
          inputMode="numeric"
          width="short"
          optional
        />
      </Fieldset>
    </>
  );
}

function PersonRow({ form, index }: { form: FormState; index: number }) {
  const { t } = usePage();
  const number = index + 1;
  return (
    <div class="fields fields--2 person-row" role="group" aria-label={t('booking.person', { number })}>
      <TextField
        form={form}
        name={`participants[${index}].name`}
        label={t('booking.person-name', { number })}
        autocomplete="off"
        optional="unsaid"
      />
      <TextField
        form={form}
        name={`participants[${index}].email`}
        label={t('booking.person-email', { number })}
        type="email"
        inputMode="email"
        autocomplete="off"
        optional="unsaid"
      />
    </div>
  );
}

/** Whom the data go to, and what for, where they are given (GDPR, article 13). */
function Privacy({ details }: { details: RunDetails }) {
  const { t } = usePage();
  return (
    <p class="kern-body kern-body--small privacy-note">
      {t('booking.privacy', { provider: details.provider.name })}{' '}
      <a class="kern-link kern-link--small kern-link--no-visited-state" href={paths.privacy()}>
        {t('booking.privacy-more')}
      </a>
    </p>
  );
}
