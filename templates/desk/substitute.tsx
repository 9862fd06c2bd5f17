import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import type { Session, Substitute } from '../../server/modules/scheduling/index.ts';
import { TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, timeSpan } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';

export type SubstituteView = {
  listing: RunListing;
  session: Session;
  person: Person;
  substitutes: readonly Substitute[];
  form: FormState;
};

/** Who could take over a session: the qualified and free first; one or several are asked. */
export function SubstitutePage({ listing, session, person, substitutes, form }: SubstituteView) {
  const { t, language } = usePage();
  const { run, seminar } = listing;
  return (
    <DeskLayout
      title={t('teaching.substitute-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {dayOf(session.startsAt, session.timeZone, language)},{' '}
          {timeSpan(session, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.runTrainers(run.id), label: t('teaching.desk-title') }}
    >
      <ErrorSummary form={form} />
      <p class="kern-body">{t('teaching.substitute-lead', { name: person.name })}</p>
      <Form action={deskPaths.substitute(session.id, person.id)}>
        <fieldset class="kern-fieldset">
          <legend class="kern-label">{t('teaching.substitute-who')}</legend>
          <div class="kern-fieldset__body checks checks--long">
            {substitutes.map(({ person: one, isQualified, away }, index) => (
              <label class="kern-form-check" key={one.id}>
                <input
                  class="kern-form-check__checkbox"
                  type="checkbox"
                  name={`trainers[${index}]`}
                  value={one.id}
                  checked={Object.values(form.values).includes(one.id)}
                />
                <span class="kern-label">
                  {one.name}{' '}
                  <span class="muted">
                    ({t(isQualified ? 'teaching.qualified' : 'teaching.unqualified')}, {t(`teaching.away-${away}`)})
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextField form={form} name="answerBy" type="date" label={t('teaching.ask-day')} />
        <div class="actions">
          <SubmitButton label={t('teaching.substitute-ask')} />
          <a class="kern-link" href={deskPaths.runTrainers(run.id)}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}
