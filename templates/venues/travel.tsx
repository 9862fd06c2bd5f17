import type { Venue } from '../../server/modules/venues/index.ts';
import { Fieldset, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { VenueLayout } from './frame.tsx';
import { venueLabel } from './labels.ts';
import { venuePaths } from './paths.ts';

export type Way = { one: Venue; other: Venue; minutes: number };
export type TravelView = { form: FormState; ways: readonly Way[]; usual: number; mayChange: boolean };

/** How long trainers need from one house to another. */
export function DeskTravel({ form, ways, usual, mayChange }: TravelView) {
  const { t } = usePage();
  const wayLabel = (field: string) => {
    const way = ways[Number(/^ways\[(\d+)\]/.exec(field)?.[1] ?? -1)];
    return way ? t('rooms.travel-between', { one: way.one.name, other: way.other.name }) : venueLabel(field, t);
  };
  return (
    <VenueLayout
      title={t('rooms.travel-title')}
      hasErrors={form.errors.length > 0}
      back={{ href: venuePaths.venues(), label: t('rooms.back-to-venues') }}
    >
      <ErrorSummary form={form} labelOf={wayLabel} />
      <p class="kern-body">{t('rooms.travel-lead')}</p>
      {mayChange ? (
        <Form action={venuePaths.travel()}>
          <Fieldset legend={t('rooms.travel-minutes')}>
            <TextField
              form={form}
              name="usual"
              label={t('rooms.travel-usual')}
              hint={t('rooms.travel-usual-hint')}
              inputMode="numeric"
              width="short"
            />
            {ways.map(({ one, other }, index) => (
              <div key={`${one.id} ${other.id}`}>
                <input type="hidden" name={`ways[${index}].one`} value={one.id} />
                <input type="hidden" name={`ways[${index}].other`} value={other.id} />
                <TextField
                  form={form}
                  name={`ways[${index}].minutes`}
                  label={t('rooms.travel-between', { one: one.name, other: other.name })}
                  inputMode="numeric"
                  width="short"
                  optional="unsaid"
                />
              </div>
            ))}
          </Fieldset>
          <div class="actions">
            <SubmitButton label={t('rooms.travel-save')} />
          </div>
        </Form>
      ) : (
        <>
          <ul class="kern-list kern-list--bullet">
            {ways.map(({ one, other, minutes }) => (
              <li key={`${one.id} ${other.id}`}>
                {t('rooms.travel-between', { one: one.name, other: other.name })}: {minutes}
              </li>
            ))}
            <li>
              {t('rooms.travel-usual')}: {usual}
            </li>
          </ul>
          <p class="kern-body muted">{t('rooms.travel-network')}</p>
        </>
      )}
    </VenueLayout>
  );
}
