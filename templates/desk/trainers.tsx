import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import { Section } from '../components/display.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { languageName } from '../language-names.ts';
import { usePage } from '../page.ts';
import { DeskLayout, DeskTabs } from './frame.tsx';
import { deskPaths } from './paths.ts';

export type TrainersView = { people: readonly { person: Person; seminars: number }[]; form: FormState };

/** Everybody who teaches in the network, and the way to add somebody who needs no account. */
export function TrainersPage({ people, form }: TrainersView) {
  const { t, language } = usePage();
  return (
    <DeskLayout title={t('teaching.trainers-title')} hasErrors={form.errors.length > 0} wide>
      <DeskTabs here="trainers" />
      <ErrorSummary form={form} />
      <p class="kern-body">{t('teaching.trainers-lead')}</p>
      <ul class="kern-list kern-list--bullet">
        {people.map(({ person, seminars }) => (
          <li key={person.id}>
            <a class="kern-link kern-link--no-visited-state" href={deskPaths.trainer(person.id)}>
              {person.name}
            </a>
            {', '}
            {t('teaching.seminars-count', { count: seminars })}
            {person.external && `, ${t('teaching.external')}`}
          </li>
        ))}
      </ul>
      <Section id="external" title={t('teaching.add-external')}>
        <Form action={deskPaths.trainers()}>
          <p class="kern-body">{t('teaching.external-lead')}</p>
          <TextField form={form} name="name" label={t('teaching.name')} maxLength={120} />
          <TextField form={form} name="email" type="email" label={t('teaching.email')} maxLength={254} />
          <SelectField
            form={form}
            name="language"
            label={t('teaching.language')}
            options={(['de', 'en'] as const).map((value) => ({ value, label: languageName(value, language) }))}
          />
          <div class="actions">
            <SubmitButton label={t('teaching.external-save')} kind="secondary" />
          </div>
        </Form>
      </Section>
    </DeskLayout>
  );
}

export type TrainerView = { trainer: Person; seminars: readonly Seminar[]; known: readonly string[] };

/** Which of the coordinator's seminars somebody may teach. */
export function TrainerPage({ trainer, seminars, known }: TrainerView) {
  const { t } = usePage();
  const { id, name, email, external } = trainer;
  return (
    <DeskLayout
      title={t('teaching.qualifications-title', { name })}
      preline={external ? `${email} · ${t('teaching.external')}` : email}
      back={{ href: deskPaths.trainers(), label: t('teaching.trainers-title') }}
    >
      <Form action={deskPaths.trainer(id)}>
        <fieldset class="kern-fieldset">
          <legend class="kern-label">{t('teaching.qualifications-lead', { name })}</legend>
          <div class="kern-fieldset__body checks checks--long">
            {seminars.map((seminar, index) => (
              <label class="kern-form-check" key={seminar.id}>
                <input
                  class="kern-form-check__checkbox"
                  type="checkbox"
                  name={`seminars[${index}]`}
                  value={seminar.id}
                  checked={known.includes(seminar.id)}
                />
                <span class="kern-label" lang={seminar.language}>
                  {seminar.title}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="actions">
          <SubmitButton label={t('teaching.qualifications-save')} />
          <ButtonLink href={deskPaths.trainerTimes(id)} label={t('teaching.times-of', { name })} kind="secondary" />
        </div>
      </Form>
    </DeskLayout>
  );
}
