import type { Booking } from '../../server/modules/booking/index.ts';
import { Checkbox, Fieldset, TextField } from '../components/fields.tsx';
import { errorOf, type FormState } from '../form.ts';
import { usePage } from '../page.ts';

type Choice = { booking: Booking; form: FormState; people: string; hint: string };

/** Chooses places of a booking: by who sits there, and how many without a name. */
export function SomePlaces({ booking, form, people, hint }: Choice) {
  const { t } = usePage();
  const { places, participants } = booking;
  const unnamed = places - participants.length;
  return (
    <>
      {participants.length > 0 && (
        <Fieldset legend={people}>
          {participants.map(({ id, name }, index) => (
            <Checkbox key={id} form={form} name={`participantIds[${index}]`} label={name} value={id} />
          ))}
        </Fieldset>
      )}
      {(unnamed > 0 || errorOf(form, 'unnamed')) && (
        <TextField
          form={form}
          name="unnamed"
          label={t('names.places-unnamed')}
          hint={`${t('names.places-unnamed-hint', { unnamed })} ${hint}`}
          inputMode="numeric"
          width="short"
          optional
        />
      )}
    </>
  );
}

/** The names of the fields, for the summary of errors. */
export function somePlacesLabel(field: string, t: ReturnType<typeof usePage>['t']): string | undefined {
  return field === 'unnamed' ? t('names.places-unnamed') : undefined;
}
