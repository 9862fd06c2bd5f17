import {
  modulesOfRun,
  headCountOf,
  namesWanted,
  seatedInSession,
  type ModuleOfRun,
  type QueueEntry,
  type RunDetails,
} from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { Form, SubmitButton } from '../components/form.tsx';
import { formatted } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { deskPaths } from './paths.ts';

type RunModulesProps = { details: RunDetails; queue: readonly QueueEntry[] };

/** The places of each module, and who sits in which, of a run that is booked by module. */
export function RunModules({ details, queue }: RunModulesProps) {
  const { t } = usePage();
  const modules = modulesOfRun(details);
  if (modules.length === 0) return null;
  return (
    <Section id="modules" title={t('modules.table-title')}>
      <ul class="module-choice">
        {modules.map((module) => (
          <li key={module.id} class="module-choice__one">
            <ModuleFigures module={module} language={details.seminar.language} />
            <ModuleList module={module} queue={queue} language={details.seminar.language} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ModuleFigures({ module, language }: { module: ModuleOfRun; language: string }) {
  const page = usePage();
  const { capacity, held, waiting } = module.places;
  const days = module.sessions.map(({ startsAt, timeZone }) =>
    formatted('shortDay', startsAt, timeZone, page.language),
  );
  const figures = { held, capacity, waiting, free: Math.max(0, capacity - held) };
  return (
    <>
      <h3 class="kern-title">
        {page.t('modules.number-title', { number: module.number, title: '' })}
        <span lang={language}>{module.title}</span>
      </h3>
      <p class="kern-body">
        {days.join(', ')} · {page.t('modules.figures', figures)}
      </p>
    </>
  );
}

function ModuleList({
  module,
  queue,
  language,
}: {
  module: ModuleOfRun;
  queue: readonly QueueEntry[];
  language: string;
}) {
  const { t } = usePage();
  const bookings = queue.filter(({ status, units }) => status === 'confirmed' && units.includes(module.id));
  const names = bookings
    .flatMap((booking) => seatedInSession(booking, { moduleId: module.id }).map(({ name }) => name))
    .toSorted((one, other) => one.localeCompare(other, 'de'));
  const groups = bookings.flatMap((booking) => headCountOf(booking) ?? []);
  const unnamed = bookings.reduce((sum, booking) => sum + (booking.group ? 0 : namesWanted(booking)), 0);
  return (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title" lang={language}>
          {t('modules.sits-in', { number: module.number, title: module.title, count: module.places.held })}
        </span>
      </summary>
      <div class="kern-accordion__body">
        {names.length + unnamed + groups.length === 0 && <p class="kern-body">{t('modules.nobody-sits')}</p>}
        <ul class="kern-list kern-list--bullet">
          {groups.map((group, index) => (
            <li key={index}>{t('names.head-count', group)}</li>
          ))}
          {names.map((name, index) => (
            <li key={index}>{name}</li>
          ))}
          {unnamed > 0 && <li class="muted">{t('modules.unnamed', { count: unnamed })}</li>}
        </ul>
      </div>
    </details>
  );
}

/** The number of places of each module. */
export function ModuleCapacities({ details, form }: { details: RunDetails; form: FormState }) {
  const { t } = usePage();
  return (
    <Form action={deskPaths.capacity(details.run.id)}>
      {modulesOfRun(details).map(({ id, number, title }, index) => (
        <div key={id}>
          <input type="hidden" name={`modules[${index}].module`} value={id} />
          <TextField
            form={form}
            name={`modules[${index}].capacity`}
            label={t('modules.capacity-of', { number, title })}
            inputMode="numeric"
            width="short"
          />
        </div>
      ))}
      <div class="actions">
        <SubmitButton label={t('desk.capacity-save')} kind="secondary" />
      </div>
    </Form>
  );
}
