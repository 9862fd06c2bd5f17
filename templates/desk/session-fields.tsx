import type { SeminarModule } from '../../server/modules/catalogue/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import { SelectField, TextField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';

type SessionFieldsProps = {
  form: FormState;
  /** What stands before each field's name: `sessions[0].`, or nothing. */
  prefix: string;
  modules: readonly SeminarModule[];
  trainers: readonly Person[];
};

/** When, where, and who teaches: one session on the clock of its own place. */
export function SessionFields({ form, prefix, modules, trainers }: SessionFieldsProps) {
  const { t } = usePage();
  return (
    <>
      <div class="fields session-fields">
        <TextField form={form} name={`${prefix}date`} type="date" label={t('desk.date')} />
        <TextField form={form} name={`${prefix}from`} type="time" label={t('desk.from')} />
        <TextField form={form} name={`${prefix}until`} type="time" label={t('desk.until')} />
      </div>
      <TextField
        form={form}
        name={`${prefix}location`}
        label={t('desk.location')}
        hint={t('desk.location-hint')}
        maxLength={300}
      />
      {modules.length > 0 && (
        <SelectField
          form={form}
          name={`${prefix}module`}
          label={t('desk.module')}
          options={modules.map(({ id, title }) => ({ value: id, label: title }))}
          anyLabel={t('desk.no-module')}
          optional
        />
      )}
      <TrainerFields form={form} prefix={prefix} trainers={trainers} />
    </>
  );
}

/** Two to begin with; whoever has more finds one field more than that. */
function TrainerFields({ form, prefix, trainers }: Omit<SessionFieldsProps, 'modules'>) {
  const { t } = usePage();
  const start = `${prefix}trainers[`;
  const chosen = Object.entries(form.values)
    .filter(([name, value]) => name.startsWith(start) && value !== '')
    .map(([name]) => Number.parseInt(name.slice(start.length), 10));
  const options = trainers.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div class="fields fields--2">
      {Array.from({ length: Math.max(2, ...chosen.map((index) => index + 2)) }, (_, index) => (
        <SelectField
          key={index}
          form={form}
          name={`${prefix}trainers[${index}]`}
          label={t(index === 0 ? 'desk.trainer' : 'desk.further-trainer')}
          options={options}
          anyLabel={t('desk.nobody')}
          optional
        />
      ))}
    </div>
  );
}
