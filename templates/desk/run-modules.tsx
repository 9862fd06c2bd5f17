import {
  modulesOfRun,
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
const columns = ['module', 'dates', 'held', 'free', 'waiting'] as const;

/** The places of each module, and who sits in which, of a run that is booked by module. */
export function RunModules({ details, queue }: RunModulesProps) {
  const { t } = usePage();
  const modules = modulesOfRun(details);
  if (modules.length === 0) return null;
  return (
    <Section id="modules" title={t('modules.table-title')}>
      <ModuleTable modules={modules} language={details.seminar.language} />
      <h3 class="kern-heading-small">{t('modules.who-sits')}</h3>
      {modules.map((module) => (
        <ModuleList key={module.id} module={module} queue={queue} language={details.seminar.language} />
      ))}
    </Section>
  );
}

function ModuleTable({ modules, language }: { modules: readonly ModuleOfRun[]; language: string }) {
  const { t } = usePage();
  return (
    <table class="kern-table module-table">
      <thead class="kern-table__head">
        <tr class="kern-table__row">
          {columns.map((column) => (
            <th
              key={column}
              scope="col"
              class={`kern-table__header${isNumber(column) ? ' kern-table__header--numeric' : ''}`}
            >
              {t(`modules.column-${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="kern-table__body">
        {modules.map((module) => (
          <ModuleRow key={module.id} module={module} language={language} />
        ))}
      </tbody>
    </table>
  );
}

function ModuleRow({ module, language }: { module: ModuleOfRun; language: string }) {
  const page = usePage();
  const { capacity, held, waiting } = module.places;
  const days = module.sessions.map(({ startsAt, timeZone }) =>
    formatted('shortDay', startsAt, timeZone, page.language),
  );
  return (
    <tr class="kern-table__row">
      <th scope="row" class="kern-table__cell">
        {module.number}. <span lang={language}>{module.title}</span>
      </th>
      <td class="kern-table__cell">{days.join(', ')}</td>
      <td class="kern-table__cell kern-table__cell--numeric">{page.t('desk.held-of', { held, capacity })}</td>
      <td class="kern-table__cell kern-table__cell--numeric">{Math.max(0, capacity - held)}</td>
      <td class="kern-table__cell kern-table__cell--numeric">{waiting}</td>
    </tr>
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
  const unnamed = bookings.reduce(
    (sum, { places, participants }) => sum + Math.max(0, places - participants.length),
    0,
  );
  return (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title" lang={language}>
          {t('modules.sits-in', { number: module.number, title: module.title, count: module.places.held })}
        </span>
      </summary>
      <div class="kern-accordion__body">
        {names.length + unnamed === 0 && <p class="kern-body">{t('modules.nobody-sits')}</p>}
        <ul class="kern-list kern-list--bullet">
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

function isNumber(column: (typeof columns)[number]): boolean {
  return column === 'held' || column === 'free' || column === 'waiting';
}
