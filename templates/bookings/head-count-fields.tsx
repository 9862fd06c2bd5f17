import { Fieldset, TextField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey, Translate } from '../texts/texts.ts';

const labels: Record<string, TextKey> = {
  'booker.name': 'booking.your-name',
  'booker.email': 'booking.your-email',
  institution: 'booking.institution',
  group: 'names.group',
  places: 'names.group-places',
  'participants[0].name': 'names.companion-name',
  'participants[0].email': 'names.companion-email',
  code: 'rights.code',
};

/** Asks for a group that comes without names: what it is called, how many it is, and who comes along. */
export function HeadCountFields({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <>
      <Fieldset legend={t('names.head-count-title')} hint={t('names.head-count-lead')}>
        <TextField form={form} name="group" label={t('names.group')} hint={t('names.group-hint')} autocomplete="off" />
        <TextField
          form={form}
          name="places"
          label={t('names.group-places')}
          hint={t('names.group-places-hint')}
          inputMode="numeric"
          width="short"
        />
      </Fieldset>
      <Fieldset legend={t('names.companion')} hint={t('names.companion-hint')}>
        <TextField
          form={form}
          name="participants[0].name"
          label={t('names.companion-name')}
          autocomplete="off"
          optional="unsaid"
        />
        <TextField
          form={form}
          name="participants[0].email"
          label={t('names.companion-email')}
          type="email"
          inputMode="email"
          autocomplete="off"
          optional="unsaid"
        />
      </Fieldset>
    </>
  );
}

export function labelOfGroup(field: string, t: Translate): string | undefined {
  const key = labels[field];
  return key && t(key);
}
