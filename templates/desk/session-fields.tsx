import type { ComponentChildren } from 'preact';
import type { SeminarModule } from '../../server/modules/catalogue/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { SelectField, TextField, type Option } from '../components/fields.tsx';
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
  /** The way to the free ones. */
  freeRooms?: ComponentChildren;
  choices?: RoomChoices | undefined;
};

/** Which rooms are to be had at a time: those that are not named are not free. */
export type RoomChoices = { free: readonly string[]; warned: readonly string[] };

/** When, where, and who teaches: one session on the clock of its own place. */
export function SessionFields({ form, prefix, modules, trainers, rooms = [], ...rest }: SessionFieldsProps) {
  const { t } = usePage();
  return (
    <>
      <WhenOverDays form={form} prefix={prefix} />
      <RoomFields form={form} prefix={prefix} rooms={rooms} {...rest} />
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
export function RoomFields(props: Omit<SessionFieldsProps, 'modules' | 'trainers'> & { optional?: boolean }) {
  const { form, prefix, rooms = [], freeRooms, choices, optional = false } = props;
  const { t } = usePage();
  const words = (
    <TextField
      form={form}
      name={`${prefix}location`}
      label={t(rooms.length > 0 ? 'rooms.place-in-words' : 'desk.location')}
      hint={t('desk.location-hint')}
      maxLength={300}
      optional={rooms.length > 0 ? 'unsaid' : optional}
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
        options={roomOptions(rooms, t, choices)}
        anyLabel={t('rooms.no-room')}
        optional="unsaid"
      />
      {freeRooms}
      {words}
    </>
  );
}

function roomOptions(rooms: readonly Room[], t: Translate, choices: RoomChoices | undefined): Option[] {
  const options = rooms.map((room) => ({ value: room.id, label: roomLabel(room, t), language: 'de' }));
  if (!choices) return options;
  const { free, warned } = choices;
  const place = (id: string) => (free.includes(id) ? 'free' : warned.includes(id) ? 'warned' : 'taken');
  return (['free', 'warned', 'taken'] as const).flatMap((group) =>
    options.filter(({ value }) => place(value) === group).map((one) => ({ ...one, group: t(`rooms.group-${group}`) })),
  );
}

/** "Lernhaus Mitte, Raum 2.10 (bis 20 Personen)" */
function roomLabel({ name, venue, capacities }: Room, t: Translate): string {
  const most = Math.max(0, ...capacities.map(({ places }) => places));
  return t('rooms.room-option', { venue: venue.name, room: name, most });
}

/** Two to begin with; whoever has more finds one field more than that. */
function TrainerFields({ form, prefix, trainers }: Pick<SessionFieldsProps, 'form' | 'prefix' | 'trainers'>) {
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
