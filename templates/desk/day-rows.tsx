import type { SeminarModule } from '../../server/modules/catalogue/index.ts';
import type { DayNote } from '../../server/modules/scheduling/index.ts';
import { Checkbox, SelectField } from '../components/fields.tsx';
import type { FieldError, FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { dateLabel } from './planning-dates.ts';
import { WhenFields } from './when-fields.tsx';

export type ProposedDay = { take: boolean; date: string; from: string; until: string; module: string; source: string };
type DayConflict = Pick<FieldError, 'key' | 'values' | 'link'>;
export type DayRowsProps = {
  form: FormState;
  rows: readonly ProposedDay[];
  /** What each day meets, in the same order. */
  notes: readonly (readonly DayNote[])[];
  modules: readonly SeminarModule[];
  /** What speaks against each day, in the same order. */
  conflicts?: readonly (readonly DayConflict[])[];
  /** Where each session is, in the same order, when they differ. */
  places?: readonly string[];
};

/** Every proposed day: taken or left out, what it meets, its module, and behind it the fields to change it. */
export function DayRows({ form, rows, notes, modules, conflicts = [], places = [] }: DayRowsProps) {
  return (
    <ol class="day-rows">
      {rows.map((row, index) => (
        <Row
          key={index}
          {...{ form, row, index, modules }}
          notes={notes[index] ?? []}
          conflicts={conflicts[index] ?? []}
          place={places[index]}
        />
      ))}
    </ol>
  );
}

type RowProps = Pick<DayRowsProps, 'form' | 'modules'> & {
  row: ProposedDay;
  index: number;
  notes: readonly DayNote[];
  conflicts: readonly DayConflict[];
  place: string | undefined;
};

function Row({ form, row, index, notes, conflicts, modules, place }: RowProps) {
  const { t, language } = usePage();
  const prefix = `sessions[${index}].`;
  const isWrong = form.errors.some(({ field }) => field?.startsWith(prefix) && !field.endsWith('.take'));
  return (
    <li class={`day-rows__one${row.take ? '' : ' day-rows__one--out'}`}>
      <div class="day-rows__day">
        <Checkbox
          form={form}
          name={`${prefix}take`}
          label={`${dateLabel(row.date, language)}, ${row.from}–${row.until}`}
        />
        {place !== undefined && <p class="kern-body kern-body--small muted">{place}</p>}
        <Notes notes={notes} />
        {!form.errors.some(({ field }) => field === `${prefix}take`) && <Conflicts conflicts={conflicts} />}
      </div>
      {row.source !== '' && <input type="hidden" name={`${prefix}source`} value={row.source} />}
      {modules.length > 0 && (
        <SelectField
          form={form}
          name={`${prefix}module`}
          label={t('desk.module')}
          options={modules.map(({ id, title }, number) => ({ value: id, label: `${number + 1}. ${title}` }))}
          anyLabel={t('desk.no-module')}
          optional="unsaid"
        />
      )}
      <details class="day-rows__change" open={isWrong}>
        <summary>
          {t('planning.change-day')}
          <span class="kern-sr-only"> {dateLabel(row.date, language)}</span>
        </summary>
        <WhenFields form={form} prefix={prefix} />
      </details>
    </li>
  );
}

function Notes({ notes }: { notes: readonly DayNote[] }) {
  const { t, language } = usePage();
  if (notes.length === 0) return null;
  return (
    <ul class="day-rows__notes">
      {notes.map((note) => (
        <li key={note.kind} class={`day-rows__note day-rows__note--${note.kind}`}>
          {t(`planning.note-${note.kind}`, { name: nameOf(note, language) })}
        </li>
      ))}
    </ul>
  );
}

/** What is in the way, with the way to it; told as a mistake only when somebody tried to save it so. */
function Conflicts({ conflicts }: { conflicts: readonly DayConflict[] }) {
  const { t } = usePage();
  if (conflicts.length === 0) return null;
  return (
    <ul class="day-rows__notes">
      {conflicts.map(({ key, values, link }, index) => (
        <li key={index} class="day-rows__note">
          {t(key, values)}{' '}
          {link && (
            <a class="kern-link" href={link.href}>
              {t(link.key)}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function nameOf(note: DayNote, language: 'de' | 'en'): string {
  if (note.kind === 'public-holiday') return note.name[language];
  return note.kind === 'school-holidays' ? note.name : '';
}
