import type { Provider } from '../../server/modules/people/index.ts';
import type { RoomSession } from '../../server/modules/scheduling/index.ts';
import type { Room, RoomBlock } from '../../server/modules/venues/index.ts';
import { Facts, Section } from '../components/display.tsx';
import { Fieldset, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, isSameDay, momentOf, timeSpan } from '../dates.ts';
import { deskPaths } from '../desk/paths.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { accessTo, capacitiesOf, equipmentIn, VenueLayout } from './frame.tsx';
import { venueLabel } from './labels.ts';
import { venuePaths, type VenueNotice } from './paths.ts';

export type RoomView = {
  room: Room;
  sessions: readonly RoomSession[];
  blocks: readonly RoomBlock[];
  providers: readonly Provider[];
  mayChange: boolean;
  blockForm: FormState;
  notice: VenueNotice | undefined;
};

/** A room: what it offers, what it holds, and when it cannot be used. */
export function DeskRoom(view: RoomView) {
  const { t } = usePage();
  const { room, sessions, mayChange, blockForm, notice } = view;
  return (
    <VenueLayout
      title={room.name}
      titleLanguage="de"
      preline={<span lang="de">{room.venue.name}</span>}
      notice={notice}
      hasErrors={blockForm.errors.length > 0}
      back={{ href: venuePaths.venue(room.venue.id), label: room.venue.name }}
      wide
    >
      <ErrorSummary form={blockForm} labelOf={(field) => venueLabel(field, t)} />
      <Facts
        facts={[
          { term: t('rooms.capacities'), value: capacitiesOf(room, t) },
          { term: t('rooms.equipment-title'), value: equipmentIn(room, t) },
          { term: t('rooms.access-title'), value: accessTo(room, t) },
          {
            term: t('rooms.minutes-title'),
            value: t('rooms.set-up-value', { setUp: room.setUpMinutes, clearUp: room.clearUpMinutes }),
          },
        ]}
      />
      {mayChange && (
        <div class="actions">
          <ButtonLink href={venuePaths.roomEdit(room.id)} label={t('rooms.change')} kind="secondary" />
        </div>
      )}
      <Section id="sessions" title={t('rooms.calendar-title', { count: sessions.length })}>
        {sessions.length === 0 && <p class="kern-body">{t('rooms.calendar-empty')}</p>}
        <ol class="plan">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} providers={view.providers} />
          ))}
        </ol>
      </Section>
      <Blocks {...view} />
    </VenueLayout>
  );
}

function SessionRow({ session, providers }: { session: RoomSession; providers: readonly Provider[] }) {
  const { t, language } = usePage();
  const { title, isOwn, runId, providerId } = session;
  const provider = providers.find(({ id }) => id === providerId)?.shortName ?? providerId;
  return (
    <li class="plan__session">
      <div class="plan__lines">
        <p class="kern-title">
          {dayOf(session.startsAt, session.timeZone, language)}, {timeSpan(session, language)}
        </p>
        <p class="kern-body">
          {isOwn && title ? (
            <a class="kern-link kern-link--no-visited-state" href={deskPaths.run(runId)} lang={title.language}>
              {title.text}
            </a>
          ) : (
            <>
              {title && <span lang={title.language}>{title.text} · </span>}
              {t('rooms.calendar-other', { provider })}
            </>
          )}
        </p>
      </div>
    </li>
  );
}

function Blocks({ room, blocks, mayChange, blockForm }: RoomView) {
  const { t } = usePage();
  return (
    <Section id="blocks" title={t('rooms.blocks-title')}>
      {blocks.length === 0 && <p class="kern-body">{t('rooms.no-blocks')}</p>}
      <ul class="plan">
        {blocks.map((block) => (
          <li class="plan__session" key={block.id}>
            <div class="plan__lines">
              <p class="kern-title">
                <Span block={block} timeZone={room.venue.timeZone} />
              </p>
              {block.reason !== '' && (
                <p class="kern-body" lang="de">
                  {block.reason}
                </p>
              )}
            </div>
            {mayChange && <Removal block={block} timeZone={room.venue.timeZone} />}
          </li>
        ))}
      </ul>
      {mayChange && <BlockForm room={room} form={blockForm} />}
    </Section>
  );
}

function Span({ block: { startsAt, endsAt }, timeZone }: { block: RoomBlock; timeZone: string }) {
  const { language } = usePage();
  if (isSameDay(startsAt, endsAt, timeZone))
    return (
      <>
        {dayOf(startsAt, timeZone, language)}, {timeSpan({ startsAt, endsAt, timeZone }, language)}
      </>
    );
  return (
    <>
      {momentOf(startsAt, timeZone, language)} – {momentOf(endsAt, timeZone, language)}
    </>
  );
}

function Removal({ block, timeZone }: { block: RoomBlock; timeZone: string }) {
  const { t, language } = usePage();
  return (
    <div class="plan__actions">
      <Form action={venuePaths.roomBlockRemoval(block.id)}>
        <button type="submit" class="kern-btn kern-btn--tertiary">
          <span class="kern-label">
            {t('rooms.block-remove')}
            <span class="kern-sr-only"> {dayOf(block.startsAt, timeZone, language)}</span>
          </span>
        </button>
      </Form>
    </div>
  );
}

function BlockForm({ room, form }: { room: Room; form: FormState }) {
  const { t } = usePage();
  return (
    <Form action={venuePaths.roomBlocks(room.id)}>
      <Fieldset
        legend={t('rooms.block-add')}
        hint={t('rooms.block-zone', { zone: room.venue.timeZone.replace(/_/g, ' ') })}
      >
        <div class="fields fields--2">
          <TextField form={form} name="fromDay" type="date" label={t('rooms.block-from-day')} />
          <TextField form={form} name="from" type="time" label={t('rooms.block-from')} />
          <TextField form={form} name="untilDay" type="date" label={t('rooms.block-until-day')} />
          <TextField form={form} name="until" type="time" label={t('rooms.block-until')} />
        </div>
        <TextField
          form={form}
          name="reason"
          label={t('rooms.block-reason')}
          hint={t('rooms.block-reason-hint')}
          maxLength={200}
          optional
        />
      </Fieldset>
      <div class="actions">
        <SubmitButton label={t('rooms.block-submit')} kind="secondary" />
      </div>
    </Form>
  );
}
