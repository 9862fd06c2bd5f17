import type { RunListing } from '../../server/modules/booking/index.ts';
import { seatings } from '../../server/modules/venues/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { SelectField } from '../components/fields.tsx';
import { ButtonLink, Form, SubmitButton } from '../components/form.tsx';
import { DeskLayout } from '../desk/frame.tsx';
import { deskPaths } from '../desk/paths.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey, TextValues } from '../texts/texts.ts';
import { accessTo, equipmentIn } from './frame.tsx';
import { venuePaths } from './paths.ts';
import { Features } from './room-form.tsx';

/** What a run needs of its room, to tick. */
export function RunNeedsForm({ listing: { run, seminar }, form }: { listing: RunListing; form: FormState }) {
  const { t } = usePage();
  return (
    <DeskLayout
      title={t('rooms.needs-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <Form action={venuePaths.runNeeds(run.id)}>
        <SelectField
          form={form}
          name="seating"
          label={t('rooms.needs-seating')}
          hint={t('rooms.needs-seating-hint')}
          options={seatings.map((seating) => ({ value: seating, label: t(`rooms.seating-${seating}`) }))}
          anyLabel={t('rooms.needs-any-seating')}
          optional
        />
        <Features form={form} list="equipment" />
        <Features form={form} list="accessibility" />
        <div class="actions">
          <SubmitButton label={t('desk.save')} />
        </div>
      </Form>
    </DeskLayout>
  );
}

/** `override`: why it was planned all the same. */
type Note = {
  isHard: boolean;
  override?: string;
  key: TextKey;
  values: TextValues;
  link?: { href: string; key: TextKey };
};

/** What speaks against the plan as it stands, whatever was said of it when it was saved. */
export function PlanNotes({ notes }: { notes: readonly Note[] }) {
  const { t } = usePage();
  if (notes.length === 0) return null;
  return (
    <Alert
      tone={notes.some(({ isHard, override }) => isHard && override === undefined) ? 'danger' : 'warning'}
      title={t('rooms.warnings-title')}
    >
      <ul class="kern-list kern-list--bullet">
        {notes.map(({ key, values, link, override }) => (
          <li key={`${key} ${JSON.stringify(values)}`}>
            {t(key, values)} {override && t('rooms.override-given', { reason: override })}{' '}
            {link && (
              <a class="kern-link kern-link--no-visited-state" href={link.href}>
                {t(link.key)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** What the run needs of its room, with the way to say so. */
export function RunNeeds({ run }: { run: RunListing['run'] }) {
  const { t } = usePage();
  const { seating, equipment = [], accessibility = [] } = run.needs ?? {};
  return (
    <Section id="needs" title={t('rooms.needs-title')}>
      {!seating && equipment.length + accessibility.length === 0 && <p class="kern-body">{t('rooms.needs-none')}</p>}
      {seating && (
        <p class="kern-body">
          {t('rooms.needs-seating')}: {t(`rooms.seating-${seating}`)}
        </p>
      )}
      {equipment.length > 0 && (
        <p class="kern-body">
          {t('rooms.needs-equipment')}: {equipmentIn({ equipment }, t)}
        </p>
      )}
      {accessibility.length > 0 && (
        <p class="kern-body">
          {t('rooms.needs-access')}: {accessTo({ accessibility }, t)}
        </p>
      )}
      <div class="actions">
        <ButtonLink href={venuePaths.runNeeds(run.id)} label={t('rooms.needs-change')} kind="secondary" />
      </div>
    </Section>
  );
}
