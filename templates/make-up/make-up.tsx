import type { MissedModule, RunDetails } from '../../server/modules/booking/index.ts';
import { BackLink } from '../components/display.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, timeSpan } from '../dates.ts';
import { errorOf, type FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { placeInPublic } from '../places.ts';

export type MakeUpView = {
  details: RunDetails;
  missed: readonly MissedModule[];
  form: FormState;
  action: string;
  back: { href: string; label: string };
};

/** Chooses a run in which a missed module is made up; the same for the holder of a booking and for a coordinator. */
export function MakeUp({ details, missed, form, action, back }: MakeUpView) {
  const { t } = usePage();
  const error = errorOf(form, 'choice');
  const canChoose = missed.some(({ offers }) => offers.length > 0);
  return (
    <Layout title={t('modules.make-up-title')} hasErrors={form.errors.length > 0} above={<BackLink {...back} />}>
      <ErrorSummary form={form} />
      <p class="kern-body">{t(missed.length > 0 ? 'modules.make-up-lead' : 'modules.make-up-nothing')}</p>
      {missed.length > 0 && (
        <Form action={action}>
          <div id="choice" tabIndex={-1}>
            {error && (
              <p class="kern-error" id="choice-error">
                <span class="kern-icon kern-icon--danger" aria-hidden="true" />
                <span class="kern-body">{t(error.key, error.values)}</span>
              </p>
            )}
            {missed.map((one) => (
              <Missed key={`${one.participant.id} ${one.moduleId}`} missed={one} details={details} form={form} />
            ))}
          </div>
          {canChoose && (
            <div class="actions">
              <SubmitButton label={t('modules.make-up-submit')} />
            </div>
          )}
        </Form>
      )}
    </Layout>
  );
}

function Missed({ missed, details, form }: { missed: MissedModule; details: RunDetails; form: FormState }) {
  const { t } = usePage();
  const { participant, moduleId, offers } = missed;
  const index = details.seminar.modules.findIndex(({ id }) => id === moduleId);
  const title = details.seminar.modules[index]?.title ?? '';
  return (
    <fieldset class="kern-fieldset">
      <legend class="kern-label kern-label--large">
        {t('modules.make-up-of', { name: participant.name, number: index + 1, title })}
      </legend>
      <div class="kern-fieldset__body">
        {offers.length === 0 && <p class="kern-body">{t('modules.make-up-none')}</p>}
        <ul class="module-choice">
          {offers.map((offer) => (
            <Offer
              key={offer.listing.run.id}
              offer={offer}
              moduleId={moduleId}
              value={`${participant.id}:${moduleId}:${offer.listing.run.id}`}
              chosen={form.values['choice']}
            />
          ))}
        </ul>
      </div>
    </fieldset>
  );
}

type OfferProps = {
  offer: MissedModule['offers'][number];
  moduleId: string;
  value: string;
  chosen: string | undefined;
};

function Offer({ offer: { listing, sessions }, moduleId, value, chosen }: OfferProps) {
  const { t, language } = usePage();
  const id = `choice-${value.replaceAll(':', '-')}`;
  const places = listing.places.makeUp?.find((one) => one.moduleId === moduleId);
  return (
    <li class="module-choice__one">
      <div class="kern-form-check">
        <input
          id={id}
          class="kern-form-check__radio"
          type="radio"
          name="choice"
          value={value}
          checked={chosen === value}
          aria-describedby={`${id}-facts`}
        />
        <label class="kern-label" for={id}>
          {sessions
            .map((session) => `${dayOf(session.startsAt, session.timeZone, language)}, ${timeSpan(session, language)}`)
            .join('; ')}
        </label>
      </div>
      <p class="kern-body muted" id={`${id}-facts`}>
        {placeInPublic(sessions[0]?.location ?? '', t)} · {t('modules.make-up-left', { left: places?.left ?? 0 })}
      </p>
    </li>
  );
}
