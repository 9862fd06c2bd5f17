import { landName, type Land, type SchoolFile } from '../../server/modules/holidays/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { Checkbox } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { Period } from './holidays.tsx';
import { planningPaths } from './planning-paths.ts';

export type HolidaysPreviewView = {
  land: Land;
  fileName: string;
  file: Pick<SchoolFile, 'taken' | 'refused'>;
  /** How many periods are there already, by school year. */
  present: ReadonlyMap<string, number>;
  form: FormState;
};

/** What a file says, row by row, before anything is saved. */
export function HolidaysPreview({ land, fileName, file, present, form }: HolidaysPreviewView) {
  const { t } = usePage();
  const years = [...new Set(file.taken.map(({ schoolYear }) => schoolYear))].toSorted();
  return (
    <DeskLayout
      title={t('holidays.preview-title')}
      preline={[landName(land), fileName].filter(Boolean).join(' · ')}
      hasErrors={form.errors.length > 0}
      back={{ href: planningPaths.holidays(), label: t('holidays.title') }}
    >
      <ErrorSummary form={form} />
      <Refused refused={file.refused} />
      {years.length === 0 ? (
        <Alert tone="danger" title={t('holidays.nothing-taken')}>
          <p class="kern-body">{t('holidays.nothing-taken-lead')}</p>
        </Alert>
      ) : (
        <Form action={planningPaths.schoolYears()}>
          <input type="hidden" name="land" value={land} />
          <p class="kern-body">{t('holidays.preview-lead')}</p>
          {years.map((year, index) => (
            <div class="form-row" key={year}>
              <Checkbox
                form={form}
                name={`schoolYears[${index}]`}
                value={year}
                label={t('holidays.take-year', { year, count: present.get(year) ?? 0 })}
              />
              <ul class="kern-list">
                {file.taken
                  .filter(({ schoolYear }) => schoolYear === year)
                  .map((period) => (
                    <li key={period.row}>
                      <Period {...period} />
                    </li>
                  ))}
              </ul>
            </div>
          ))}
          {file.taken.map(({ name, firstOn, lastOn }, index) =>
            Object.entries({ name, firstOn, lastOn }).map(([field, value]) => (
              <input key={`${index} ${field}`} type="hidden" name={`periods[${index}].${field}`} value={value} />
            )),
          )}
          <div class="actions">
            <SubmitButton label={t('holidays.save')} />
            <a class="kern-link" href={planningPaths.holidays()}>
              {t('desk.back-without')}
            </a>
          </div>
        </Form>
      )}
    </DeskLayout>
  );
}

function Refused({ refused }: Pick<SchoolFile, 'refused'>) {
  const { t } = usePage();
  if (refused.length === 0) return null;
  return (
    <Section id="refused" title={t('holidays.refused', { count: refused.length })}>
      <ul class="kern-list kern-list--bullet">
        {refused.map(({ row, text, reason }) => (
          <li key={row}>
            {t('holidays.row', { row })}: {t(`holidays.refused-${reason}`)} <span class="muted">{text}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
