import type { Provider } from '../../server/modules/people/index.ts';
import { Alert } from '../components/display.tsx';
import { Fieldset, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { FirstButton, FormKey, RowButton, rowsIn } from '../desk/rows.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { VenueLayout } from './frame.tsx';
import { venueLabel } from './labels.ts';
import { venuePaths } from './paths.ts';

export type VenueFormView = {
  form: FormState;
  formKey: string;
  providers: readonly Provider[];
  /** Whether one may make a house that everybody plans in. */
  mayShare: boolean;
  /** When one that is there is changed. */
  venueId?: string;
};

/** The days of the week by the names of their fields. */
export const weekdayFields = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const days = [1, 2, 3, 4, 5, 6, 7] as const;

/** A house as everybody finds it. */
export function VenueForm(view: VenueFormView) {
  const { t } = usePage();
  const { form, formKey, venueId } = view;
  const target = venueId === undefined ? venuePaths.venues() : venuePaths.venue(venueId);
  return (
    <VenueLayout
      title={t(venueId === undefined ? 'rooms.venue-new-title' : 'rooms.venue-change-title')}
      hasErrors={form.errors.length > 0}
      back={{ href: target, label: t('rooms.back-to-venues') }}
    >
      <ErrorSummary form={form} labelOf={(field) => venueLabel(field, t)} />
      <Form action={venueId === undefined ? venuePaths.newVenue() : venuePaths.venueEdit(venueId)}>
        <FirstButton value="save" />
        <FormKey value={formKey} />
        <Address {...view} />
        <Fieldset legend={t('rooms.find-title')}>
          <TextArea form={form} name="howToFind" label={t('rooms.how-to-find')} rows={2} optional />
          <TextArea
            form={form}
            name="accessNotes"
            label={t('rooms.access-notes')}
            hint={t('rooms.access-notes-hint')}
            rows={2}
            optional
          />
        </Fieldset>
        <Hours form={form} />
        <ClosedDays form={form} />
        {venueId !== undefined && <Alert tone="info" title={t('rooms.venue-told')} />}
        <div class="actions">
          <SubmitButton label={t(venueId === undefined ? 'rooms.venue-create' : 'desk.save')} name="_do" value="save" />
          <a class="kern-link" href={target}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </VenueLayout>
  );
}

function Address({ form, providers, mayShare }: VenueFormView) {
  const { t } = usePage();
  const owners = providers.map(({ id, name }) => ({ value: id, label: name, language: 'de' }));
  return (
    <>
      <TextField form={form} name="name" label={t('rooms.venue-name')} maxLength={100} />
      <TextField form={form} name="addressLines[0]" label={t('rooms.address-line')} maxLength={80} optional />
      <TextField form={form} name="addressLines[1]" label={t('rooms.address-more')} maxLength={80} optional />
      <div class="fields fields--2">
        <TextField form={form} name="postalCode" label={t('rooms.postal-code')} width="short" maxLength={10} optional />
        <TextField form={form} name="town" label={t('rooms.town')} maxLength={60} />
      </div>
      {!mayShare && owners.length === 1 ? (
        <input type="hidden" name="provider" value={owners[0]?.value} />
      ) : (
        <SelectField
          form={form}
          name="provider"
          label={t('rooms.venue-owner')}
          hint={t('rooms.venue-owner-hint')}
          options={owners}
          {...(mayShare
            ? { anyLabel: t('rooms.everybody'), optional: 'unsaid' as const }
            : { anyLabel: t('desk.please-choose') })}
        />
      )}
    </>
  );
}

function Hours({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('rooms.hours-title')} hint={t('rooms.hours-hint')}>
      {days.map((day) => (
        <div class="fields fields--pair" key={day}>
          {(['from', 'until'] as const).map((end) => (
            <TextField
              key={end}
              form={form}
              name={`hours.${weekdayFields[day - 1]}.${end}`}
              label={t(end === 'from' ? 'rooms.opens-on' : 'rooms.closes-on', { day: t(`rooms.weekday-${day}`) })}
              width="short"
              maxLength={5}
              optional="unsaid"
            />
          ))}
        </div>
      ))}
    </Fieldset>
  );
}

function ClosedDays({ form }: { form: FormState }) {
  const { t } = usePage();
  const rows = rowsIn(form, 'closedDays');
  return (
    <section class="stack" aria-labelledby="closed">
      <div>
        <h2 class="kern-heading-medium" id="closed">
          {t('rooms.closed-title')}
        </h2>
        <p class="kern-body muted">{t('rooms.closed-hint')}</p>
      </div>
      {Array.from({ length: rows }, (_, index) => (
        <div class="form-row" id={`closedDays-${index}`} key={index}>
          <Fieldset legend={t('rooms.closed-row', { number: index + 1 })}>
            <div class="fields fields--2">
              <TextField form={form} name={`closedDays[${index}].from`} type="date" label={t('rooms.closed-from')} />
              <TextField
                form={form}
                name={`closedDays[${index}].until`}
                type="date"
                label={t('rooms.closed-until')}
                optional
              />
            </div>
          </Fieldset>
          <RowButton
            list="closedDays"
            act="remove"
            index={index}
            label={t('rooms.closed-remove', { number: index + 1 })}
          />
        </div>
      ))}
      <RowButton list="closedDays" act="add" index={rows} label={t('rooms.closed-add')} />
    </section>
  );
}
