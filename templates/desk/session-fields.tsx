import type { SeminarModule } from '../../server/modules/catalogue/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { SelectField, TextField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { Translate } from '../texts/texts.ts';
import { WhenOverDays } from './when-fields.tsx';

type SessionFieldsProps = {
  form: FormState;
  /** What stands before each field's name: `sessions[0].`, or nothing. */
  prefix: string;
  modules: readonly SeminarModule[];
  trainers: readonly Person[];
  /** The rooms one plans in; where there are none, a place is words. */
  rooms?: readonly Room[];
  /** Where free ones are looked for. */
  freeRooms?: string | undefined;
};

/** When, where, and who teaches: one session on the clock of its own place. */
export function SessionFields({ form, prefix, modules, trainers, rooms = [], freeRooms }: SessionFieldsProps) {
  const { t } = usePage();
  return (
    <>
      <WhenOverDays form={form} prefix={prefix} />
      <RoomFields form={form} prefix={prefix} rooms={rooms} freeRooms={freeRooms} />
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

/** A room of the list, or words. */
function RoomFields({
  form,
  prefix,
  rooms = [],
  freeRooms,
}: Pick<SessionFieldsProps, 'form' | 'prefix' | 'rooms' | 'freeRooms'>) {
  const { t } = usePage();
  const words = (
    <TextField
      form={form}
      name={`${prefix}location`}
      label={t(rooms.length > 0 ? 'rooms.place-in-words' : 'desk.location')}
      hint={t('desk.location-hint')}
      maxLength={300}
      optional={rooms.length > 0 && 'unsaid'}
    />
  );
  if (rooms.length === 0) return words;
  return (
    <>
      <SelectField
        form={form}
        name={`${prefix}roomId`}
        label={t('rooms.room')}
        hint={t('rooms.room-hint')}
        options={rooms.map((room) => ({ value: room.id, label: roomLabel(room, t), language: 'de' }))}
        anyLabel={t('rooms.no-room')}
        optional="unsaid"
      />
      {freeRooms !== undefined && (
        <p class="kern-body">
          <a class="kern-link kern-link--no-visited-state" href={freeRooms}>
            {t('rooms.find-rooms')}
          </a>
        </p>
      )}
      {words}
    </>
  );
}

/** "Lernhaus Mitte, Raum 2.10 (bis 20 Personen)" */
function roomLabel({ name, venue, capacities }: Room, t: Translate): string {
  const most = Math.max(0, ...capacities.map(({ places }) => places));
  return t('rooms.room-option', { venue: venue.name, room: name, most });
}

/** Two to begin with; whoever has more finds one field more than that. */
function TrainerFields({ form, prefix, trainers }: Omit<SessionFieldsProps, 'modules' | 'rooms' | 'freeRooms'>) {
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
