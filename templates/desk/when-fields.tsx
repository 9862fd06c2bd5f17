import { TextField } from '../components/fields.tsx';
import { errorOf, type FormState } from '../form.ts';
import { usePage } from '../page.ts';

type WhenFieldsProps = {
  form: FormState;
  /** What stands before each field's name: `sessions[0].`, or nothing. */
  prefix?: string;
  /** Days of a list that may be left empty. */
  optional?: boolean;
};

/** A day and two times on the clock of the place. */
export function WhenFields({ form, prefix = '', optional = false }: WhenFieldsProps) {
  const { t } = usePage();
  return (
    <div class="fields session-fields">
      <TextField form={form} name={`${prefix}date`} type="date" label={t('desk.date')} optional={optional} />
      <TextField form={form} name={`${prefix}from`} type="time" label={t('desk.from')} optional={optional} />
      <TextField form={form} name={`${prefix}until`} type="time" label={t('desk.until')} optional={optional} />
    </div>
  );
}

/** The same for sittings that may go on over night, or over several days. */
export function WhenOverDays({ form, prefix = '', optional = false }: WhenFieldsProps) {
  const { t } = usePage();
  const endsOn = `${prefix}endsOn`;
  return (
    <>
      <WhenFields form={form} prefix={prefix} optional={optional} />
      <details class="more-fields" open={Boolean(form.values[endsOn]) || errorOf(form, endsOn) !== undefined}>
        <summary>{t('desk.ends-on-open')}</summary>
        <TextField
          form={form}
          name={endsOn}
          type="date"
          width="medium"
          label={t('desk.ends-on')}
          hint={t('desk.ends-on-hint')}
          optional
        />
      </details>
    </>
  );
}
