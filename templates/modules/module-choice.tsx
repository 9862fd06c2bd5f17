import type { ModuleOfRun } from '../../server/modules/booking/index.ts';
import { errorOf, type FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { ModuleDates, ModulePlaces } from './module-facts.tsx';

type ModuleChoiceProps = {
  modules: readonly ModuleOfRun[];
  form: FormState;
  /** The modules somebody has already; whether one has begun does not matter for those. */
  booked?: readonly string[];
  language: string | undefined;
  legend: string;
  hint: string;
};

/** The name of the box that chooses a module: the form's own, so that rows that are left out do not move the others. */
export function moduleField(moduleId: string): `_module_${string}` {
  return `_module_${moduleId}`;
}

/** Modules to choose from, each with its dates and free places. */
export function ModuleChoice({ modules, form, booked = [], language, legend, hint }: ModuleChoiceProps) {
  const { t } = usePage();
  const error = errorOf(form, 'modules');
  return (
    <fieldset class={`kern-fieldset${error ? ' kern-fieldset--error' : ''}`} id="modules" tabIndex={-1}>
      <legend class="kern-label kern-label--large">{legend}</legend>
      <p class="kern-hint">{hint}</p>
      {error && (
        <p class="kern-error" id="modules-error">
          <span class="kern-icon kern-icon--danger" aria-hidden="true" />
          <span class="kern-body">{t(error.key, error.values)}</span>
        </p>
      )}
      <div class="kern-fieldset__body">
        <ul class="module-choice">
          {modules.map((module) => (
            <li key={module.id} class="module-choice__one">
              <Choice module={module} form={form} isBooked={booked.includes(module.id)} language={language} />
            </li>
          ))}
        </ul>
      </div>
    </fieldset>
  );
}

type ChoiceProps = { module: ModuleOfRun; form: FormState; isBooked: boolean; language: string | undefined };

function Choice({ module, form, isBooked, language }: ChoiceProps) {
  const { t } = usePage();
  const name = moduleField(module.id);
  const id = `module-${module.id}`;
  return (
    <>
      <div class="kern-form-check">
        <input
          id={id}
          class="kern-form-check__checkbox"
          type="checkbox"
          name={name}
          value="on"
          checked={form.values[name] === 'on'}
          disabled={module.begun && !isBooked}
          aria-describedby={`${id}-facts`}
        />
        <label class="kern-label" for={id}>
          {t('modules.number-title', { number: module.number, title: '' })}
          <span lang={language}>{module.title}</span>
        </label>
      </div>
      <div class="module-choice__facts" id={`${id}-facts`}>
        <ModuleDates module={module} />
        {isBooked ? <span class="muted">{t('modules.yours')}</span> : <ModulePlaces module={module} />}
      </div>
    </>
  );
}
