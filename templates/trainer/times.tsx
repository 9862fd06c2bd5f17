import { Alert, BackLink, Section } from '../components/display.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import type { TextKey } from '../texts/texts.ts';

export type TrainerTimesView = { form: FormState; action: string; back: string; name?: string };

const weekdays: readonly TextKey[] = [
  'teaching.weekday-1',
  'teaching.weekday-2',
  'teaching.weekday-3',
  'teaching.weekday-4',
  'teaching.weekday-5',
  'teaching.weekday-6',
  'teaching.weekday-7',
];

/** When somebody can teach: hours of the week, and single days; two rows more than there are. */
export function TrainerTimesPage({ form, action, back, name }: TrainerTimesView) {
  const { t } = usePage();
  return (
    <Layout
      title={name === undefined ? t('teaching.times-title') : t('teaching.times-of', { name })}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={back} label={t('teaching.back')} />}
    >
      <ErrorSummary form={form} />
      <Form action={action}>
        <Alert tone="info" title={t('teaching.times-lead')} />
        <Section id="weekly" title={t('teaching.weekly-title')}>
          <p class="kern-body">{t('teaching.weekly-lead')}</p>
          {rows(form, 'weekly').map((index) => (
            <div class="fields session-fields" key={index}>
              <SelectField
                form={form}
                name={`weekly[${index}].weekday`}
                label={t('teaching.weekday')}
                options={weekdays.map((key, day) => ({ value: String(day + 1), label: t(key) }))}
                anyLabel="–"
                optional="unsaid"
              />
              <TextField
                form={form}
                name={`weekly[${index}].from`}
                type="time"
                label={t('teaching.from')}
                optional="unsaid"
              />
              <TextField
                form={form}
                name={`weekly[${index}].until`}
                type="time"
                label={t('teaching.until')}
                optional="unsaid"
              />
            </div>
          ))}
        </Section>
        <Section id="single" title={t('teaching.single-title')}>
          <p class="kern-body">{t('teaching.single-lead')}</p>
          {rows(form, 'single').map((index) => (
            <div class="panel brief" key={index}>
              <SelectField
                form={form}
                name={`single[${index}].kind`}
                label={t('teaching.kind')}
                options={[
                  { value: 'blocked', label: t('teaching.kind-blocked') },
                  { value: 'free', label: t('teaching.kind-free') },
                ]}
                anyLabel="–"
                optional="unsaid"
              />
              <div class="fields fields--2">
                <TextField
                  form={form}
                  name={`single[${index}].date`}
                  type="date"
                  label={t('teaching.day')}
                  optional="unsaid"
                />
                <TextField
                  form={form}
                  name={`single[${index}].from`}
                  type="time"
                  label={t('teaching.from')}
                  optional="unsaid"
                />
                <TextField
                  form={form}
                  name={`single[${index}].untilDate`}
                  type="date"
                  label={t('teaching.until-day')}
                  optional="unsaid"
                />
                <TextField
                  form={form}
                  name={`single[${index}].until`}
                  type="time"
                  label={t('teaching.until')}
                  optional="unsaid"
                />
              </div>
            </div>
          ))}
        </Section>
        <div class="actions">
          <SubmitButton label={t('teaching.times-save')} />
        </div>
      </Form>
    </Layout>
  );
}

function rows(form: FormState, list: string): number[] {
  const start = `${list}[`;
  const known = Object.keys(form.values)
    .filter((name) => name.startsWith(start))
    .map((name) => Number.parseInt(name.slice(start.length), 10));
  return Array.from({ length: Math.max(1, ...known.map((index) => index + 2)) }, (_, index) => index);
}
