import type { Room } from '../../server/modules/venues/index.ts';
import { Section } from '../components/display.tsx';
import { Fieldset } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { deskLabel } from '../desk/field-labels.ts';
import { deskPaths } from '../desk/paths.ts';
import { WhenOverDays } from '../desk/when-fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey, TextValues } from '../texts/texts.ts';
import { capacitiesOf, VenueLayout } from './frame.tsx';
import { venuePaths } from './paths.ts';

export type ChoiceView = {
  room: Room;
  isFree: boolean;
  sentences: readonly { key: TextKey; values: TextValues; link?: { href: string; key: TextKey } }[];
};
export type FreeRoomsView = {
  form: FormState;
  /** Nothing until a time is known. */
  choices?: readonly ChoiceView[];
  /** The session that looks for a room, and its form's values. */
  session?: { id: string; runId: string; values: Readonly<Record<string, string>> };
};

/** Which rooms are free and fit at a time, and why others do not. */
export function FreeRooms({ form, choices, session }: FreeRoomsView) {
  const { t } = usePage();
  const back = session
    ? { href: deskPaths.session(session.id), label: t('desk.session-change-title') }
    : { href: venuePaths.venues(), label: t('rooms.back-to-venues') };
  return (
    <VenueLayout title={t('rooms.choices-title')} hasErrors={form.errors.length > 0} back={back} wide>
      <ErrorSummary form={form} labelOf={(field) => deskLabel(field, t)} />
      <form class="form" method="get" action={venuePaths.freeRooms()} novalidate>
        {session && <input type="hidden" name="session" value={session.id} />}
        <Fieldset legend={t('rooms.choices-when')}>
          <WhenOverDays form={form} />
        </Fieldset>
        <div class="actions">
          <SubmitButton label={t('rooms.find-rooms')} kind="secondary" />
        </div>
      </form>
      {choices && <Choices choices={choices} session={session} />}
    </VenueLayout>
  );
}

function Choices({ choices, session }: { choices: readonly ChoiceView[]; session: FreeRoomsView['session'] }) {
  const { t } = usePage();
  const groups = {
    free: choices.filter(({ sentences }) => sentences.length === 0),
    warned: choices.filter(({ isFree, sentences }) => isFree && sentences.length > 0),
    taken: choices.filter(({ isFree }) => !isFree),
  };
  return (
    <>
      {groups.free.length + groups.warned.length === 0 && <p class="kern-body">{t('rooms.choices-none')}</p>}
      {(['free', 'warned', 'taken'] as const).map(
        (group) =>
          groups[group].length > 0 && (
            <Section key={group} id={group} title={t(`rooms.choices-${group}`, { count: groups[group].length })}>
              <ul class="seminar-list">
                {groups[group].map((choice) => (
                  <Choice key={choice.room.id} choice={choice} session={session} />
                ))}
              </ul>
            </Section>
          ),
      )}
    </>
  );
}

function Choice({ choice, session }: { choice: ChoiceView; session: FreeRoomsView['session'] }) {
  const { t } = usePage();
  const { room, isFree, sentences } = choice;
  return (
    <li class="seminar-list__item">
      <div>
        <h3 class="kern-title" lang="de">
          <a class="kern-link kern-link--no-visited-state" href={venuePaths.room(room.id)}>
            {room.name}
          </a>
        </h3>
        <p class="kern-body kern-body--small">
          <span lang="de">{room.venue.name}</span> · {capacitiesOf(room, t)}
        </p>
        {sentences.map(({ key, values, link }) => (
          <p class="kern-body kern-body--small" key={`${key} ${JSON.stringify(values)}`}>
            {t(key, values)}{' '}
            {link && (
              <a class="kern-link kern-link--small kern-link--no-visited-state" href={link.href}>
                {t(link.key)}
              </a>
            )}
          </p>
        ))}
      </div>
      {session && isFree && (
        <div class="actions">
          <Form action={deskPaths.session(session.id)}>
            {Object.entries({ ...session.values, roomId: room.id }).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <button type="submit" class="kern-btn kern-btn--secondary">
              <span class="kern-label">
                {t('rooms.choose')}
                <span class="kern-sr-only"> {room.name}</span>
              </span>
            </button>
          </Form>
        </div>
      )}
    </li>
  );
}
