import type { RunDetails } from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { deskPaths } from './paths.ts';
import { rightsPaths } from './rights-paths.ts';
import { figuresOf } from './run-figures.tsx';
import { ModuleCapacities } from './run-modules.tsx';

/** Raises or lowers the capacity, and says before what will happen. */
export function RunPlaces({ details, form }: { details: RunDetails; form: FormState }) {
  const { t } = usePage();
  const { held, waiting } = figuresOf(details);
  const { run } = details;
  return (
    <Section id="places" title={t('desk.places-title')}>
      <ul class="kern-list kern-list--bullet what-happens">
        <li>{t('desk.capacity-more', { waiting })}</li>
        <li>{t('desk.capacity-fewer', { held })}</li>
      </ul>
      {details.places.modules ? (
        <ModuleCapacities details={details} form={form} />
      ) : (
        <Form action={deskPaths.capacity(run.id)}>
          <div class="inline-form">
            <TextField form={form} name="capacity" label={t('desk.capacity-new')} inputMode="numeric" width="short" />
            <SubmitButton label={t('desk.capacity-save')} kind="secondary" />
          </div>
        </Form>
      )}
      <MakeUpPlaces details={details} form={form} />
      <Rights details={details} />
      <p class="kern-body">
        {t('desk.deadlines', {
          minimum: run.minimum ?? 0,
          cancellation: run.cancellationHours,
          cutOff: run.policy.cutOffHours,
        })}{' '}
        <a class="kern-link kern-link--no-visited-state" href={deskPaths.settings(run.id)}>
          {t('desk.settings-change')}
        </a>
      </p>
    </Section>
  );
}

/** Who may book how much, where the run says so, and the way to it. */
function Rights({ details: { run, places } }: { details: RunDetails }) {
  const { t } = usePage();
  const { perInstitution } = run;
  return (
    <p class="kern-body">
      {perInstitution !== undefined && `${t('rights.limit-said', { most: perInstitution })} `}
      {places.kept !== undefined && `${t('rights.kept-now', { kept: places.kept })} `}
      <a class="kern-link kern-link--no-visited-state" href={rightsPaths.rights(run.id)}>
        {t('rights.open')}
      </a>
    </p>
  );
}

/** How many people may make up a module here that they missed in another run; of a course with modules only. */
function MakeUpPlaces({ details, form }: { details: RunDetails; form: FormState }) {
  const { t } = usePage();
  const { sessions, places, run } = details;
  if (!sessions.some(({ moduleId }) => moduleId !== undefined)) return null;
  const held = (places.makeUp ?? []).reduce((sum, one) => sum + one.held, 0);
  return (
    <Form action={deskPaths.makeUpPlaces(run.id)}>
      <div class="inline-form">
        <TextField
          form={form}
          name="makeUpPlaces"
          label={t('modules.make-up-places')}
          hint={t('modules.make-up-places-hint', { held })}
          inputMode="numeric"
          width="short"
        />
        <SubmitButton label={t('modules.make-up-save')} kind="secondary" />
      </div>
    </Form>
  );
}
