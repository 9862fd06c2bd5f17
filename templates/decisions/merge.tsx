import type { Booking, MergePreview, RunListing } from '../../server/modules/booking/index.ts';
import { TextArea } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { DeskLayout } from '../desk/frame.tsx';
import { deskPaths } from '../desk/paths.ts';
import { whenShort } from '../desk/run-table.tsx';
import { errorOf, type FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { placeInPublic } from '../places.ts';
import { decisionPaths } from './paths.ts';

/** A run into which this one could be merged, and what would come of it now. */
export type MergeTarget = { listing: RunListing; preview: MergePreview };
export type MergeView = { listing: RunListing; targets: readonly MergeTarget[]; form: FormState };

/** Chooses the run that takes over the bookings of this one; each choice says who would fit and who would not. */
export function Merge({ listing: { run, seminar }, targets, form }: MergeView) {
  const { t, language } = usePage();
  const error = errorOf(form, 'into');
  return (
    <DeskLayout
      title={t('decisions.merge-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: decisionPaths.decisions(), label: t('decisions.title') }}
    >
      <ErrorSummary form={form} />
      <p class="kern-body">{t('decisions.merge-lead')}</p>
      {targets.length === 0 ? (
        <p class="kern-body">{t('decisions.merge-none')}</p>
      ) : (
        <Form action={decisionPaths.merge(run.id)}>
          <fieldset class={`kern-fieldset${error ? ' kern-fieldset--error' : ''}`} id="into" tabIndex={-1}>
            <legend class="kern-label kern-label--large">{t('decisions.merge-into')}</legend>
            {error && (
              <p class="kern-error" id="into-error">
                <span class="kern-icon kern-icon--danger" aria-hidden="true" />
                <span class="kern-body">{t(error.key, error.values)}</span>
              </p>
            )}
            <div class="kern-fieldset__body">
              <ul class="module-choice">
                {targets.map((target) => (
                  <Target key={target.listing.run.id} target={target} chosen={form.values['into']} />
                ))}
              </ul>
            </div>
          </fieldset>
          <TextArea
            form={form}
            name="reason"
            label={t('decisions.reason')}
            hint={t('decisions.reason-hint')}
            rows={3}
          />
          <div class="actions">
            <SubmitButton label={t('decisions.merge-continue')} />
            <ButtonLink href={deskPaths.run(run.id)} label={t('desk.back-to-run')} kind="tertiary" />
          </div>
        </Form>
      )}
    </DeskLayout>
  );
}

function Target({ target: { listing, preview }, chosen }: { target: MergeTarget; chosen: string | undefined }) {
  const { t, language } = usePage();
  const { run, places, seminar } = listing;
  const id = `into-${run.id}`;
  const figures = { left: places.left, fits: preview.fits.length, rest: preview.rest.length };
  return (
    <li class="module-choice__one">
      <div class="kern-form-check">
        <input
          id={id}
          class="kern-form-check__radio"
          type="radio"
          name="into"
          value={run.id}
          checked={chosen === run.id}
          aria-describedby={`${id}-figures`}
        />
        <label class="kern-label" for={id}>
          {whenShort(run, language)}
        </label>
      </div>
      <div class="stack stack--tight" id={`${id}-figures`}>
        <p>{placeInPublic(run.location, t)}</p>
        <p>{t('decisions.merge-figures', figures)}</p>
      </div>
      <Bookings
        title={t('decisions.merge-fits', { count: preview.fits.length })}
        bookings={preview.fits}
        seminar={seminar}
      />
      <Bookings
        title={t('decisions.merge-rest', { count: preview.rest.length })}
        bookings={preview.rest}
        seminar={seminar}
      />
    </li>
  );
}

type BookingsProps = { title: string; bookings: readonly Booking[]; seminar: RunListing['seminar'] };

function Bookings({ title, bookings, seminar }: BookingsProps) {
  const { t } = usePage();
  if (bookings.length === 0) return null;
  return (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title">{title}</span>
      </summary>
      <div class="kern-accordion__body">
        <ul class="kern-list kern-list--bullet">
          {bookings.map(({ id, booker, institution, places, status, units }) => {
            const modules = seminar.modules.flatMap((module, index) => (units.includes(module.id) ? [index + 1] : []));
            const name = institution ? `${booker.name}, ${institution}` : booker.name;
            const values = { name, places, waits: String(status === 'waiting'), modules: modules.join(', ') };
            return (
              <li key={id}>{t(modules.length > 0 ? 'decisions.merge-modules' : 'decisions.merge-booking', values)}</li>
            );
          })}
        </ul>
      </div>
    </details>
  );
}
