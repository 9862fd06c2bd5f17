import { Fieldset, TextArea } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';

const field = /^override\.conflicts\[\d+\]$/;

/** What a form says besides its fields once a plan met conflicts: the ones that were shown, and why they are to pass. */
export function OverrideFields({ form }: { form: FormState }) {
  const { t } = usePage();
  const shown = Object.entries(form.values).filter(([name]) => field.test(name));
  if (shown.length === 0) return null;
  return (
    <Fieldset legend={t('rooms.override-title')} hint={t('rooms.override-hint')}>
      {shown.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextArea
        form={form}
        name="override.reason"
        label={t('rooms.override-reason')}
        hint={t('rooms.override-reason-hint')}
        rows={2}
        optional
      />
    </Fieldset>
  );
}

/** The values of a form with the conflicts that it shows now, in the place of those it showed before. */
export function withConflictsShown(
  values: Readonly<Record<string, string>>,
  keys: readonly string[],
): Record<string, string> {
  const rest = Object.entries(values).filter(([name]) => !field.test(name));
  return Object.fromEntries([...rest, ...keys.map((key, index) => [`override.conflicts[${index}]`, key] as const)]);
}
