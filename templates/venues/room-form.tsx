import { accessFeatures, equipmentList, seatings, type Venue } from '../../server/modules/venues/index.ts';
import { Alert } from '../components/display.tsx';
import { Checkbox, Fieldset, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { FormKey } from '../desk/rows.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { VenueLayout } from './frame.tsx';
import { venueLabel } from './labels.ts';
import { venuePaths } from './paths.ts';

export type RoomFormView = { form: FormState; formKey: string; venue: Venue; roomId?: string };

/** A room: how many fit in, what is in it, who gets in, and the time it needs between two events. */
export function RoomForm({ form, formKey, venue, roomId }: RoomFormView) {
  const { t } = usePage();
  const target = roomId === undefined ? venuePaths.venue(venue.id) : venuePaths.room(roomId);
  const labelOf = (field: string) => (field === 'name' ? t('rooms.room-name') : venueLabel(field, t));
  return (
    <VenueLayout
      title={t(roomId === undefined ? 'rooms.room-new-title' : 'rooms.room-change-title')}
      preline={<span lang="de">{venue.name}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: venuePaths.venue(venue.id), label: venue.name }}
    >
      <ErrorSummary form={form} labelOf={labelOf} />
      <Form action={roomId === undefined ? venuePaths.newRoom(venue.id) : venuePaths.roomEdit(roomId)}>
        <FormKey value={formKey} />
        <TextField
          form={form}
          name="name"
          label={t('rooms.room-name')}
          hint={t('rooms.room-name-hint')}
          maxLength={60}
        />
        <Capacities form={form} />
        <Features form={form} list="equipment" />
        <Features form={form} list="accessibility" />
        <Minutes form={form} />
        {roomId !== undefined && <Alert tone="info" title={t('rooms.venue-told')} />}
        <div class="actions">
          <SubmitButton label={t(roomId === undefined ? 'rooms.room-create' : 'desk.save')} />
          <a class="kern-link" href={target}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </VenueLayout>
  );
}

function Capacities({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('rooms.capacities-title')} hint={t('rooms.capacities-hint')}>
      <div class="fields fields--2">
        {seatings.map((seating) => (
          <TextField
            key={seating}
            form={form}
            name={`places.${seating}`}
            label={t(`rooms.seating-${seating}`)}
            inputMode="numeric"
            width="short"
            optional="unsaid"
          />
        ))}
      </div>
    </Fieldset>
  );
}

/** What there is, to tick: of a room, or for what a run needs. */
export function Features({
  form,
  list,
  prefix = '',
}: {
  form: FormState;
  list: 'equipment' | 'accessibility';
  prefix?: string;
}) {
  const { t } = usePage();
  const boxes =
    list === 'equipment'
      ? equipmentList.map((one) => ({ name: `${prefix}equipment.${one}`, label: t(`rooms.equipment-${one}`) }))
      : accessFeatures.map((one) => ({ name: `${prefix}accessibility.${one}`, label: t(`rooms.access-${one}`) }));
  return (
    <Fieldset legend={t(list === 'equipment' ? 'rooms.equipment-title' : 'rooms.access-title')}>
      <div class="fields fields--2">
        {boxes.map(({ name, label }) => (
          <Checkbox key={name} form={form} name={name} label={label} />
        ))}
      </div>
    </Fieldset>
  );
}

function Minutes({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('rooms.minutes-title')} hint={t('rooms.minutes-hint')}>
      <div class="fields fields--2">
        <TextField
          form={form}
          name="setUpMinutes"
          label={t('rooms.set-up')}
          inputMode="numeric"
          width="short"
          optional
        />
        <TextField
          form={form}
          name="clearUpMinutes"
          label={t('rooms.clear-up')}
          inputMode="numeric"
          width="short"
          optional
        />
      </div>
    </Fieldset>
  );
}
