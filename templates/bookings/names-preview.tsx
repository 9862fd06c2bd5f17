import type { Booking, PeopleList } from '../../server/modules/booking/index.ts';
import type { Table } from '../../server/modules/lists/index.ts';
import { Alert, BackLink } from '../components/display.tsx';
import { SelectField, TextArea } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { namesLabel } from './names.tsx';

export type NamesPreviewView = { booking: Booking; table: Table; read: PeopleList; form: FormState };

/** A list as it was read, row by row, before anybody is named; with the list itself to mend and check again. */
export function NamesPreview({ booking, table, read, form }: NamesPreviewView) {
  const { t } = usePage();
  const isSound = read.people.length > 0 && !read.tooMany && read.people.every(({ problem }) => !problem);
  return (
    <Layout
      title={t('names.preview-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.names(booking.token)} label={t('names.title')} />}
    >
      <ErrorSummary form={form} labelOf={(field) => namesLabel(field, t)} />
      <Verdict booking={booking} read={read} />
      <Rows read={read} />
      <Form action={paths.namesList(booking.token)}>
        <TextArea form={form} name="list" label={t('names.list')} hint={t('names.list-hint')} rows={8} />
        {widthOf(table) > 2 && <ColumnFields table={table} form={form} />}
        <div class="actions">
          {isSound && <SubmitButton label={t('names.submit')} name="_take" value="on" />}
          <SubmitButton label={t('names.check-again')} kind="secondary" name="_check" value="on" />
        </div>
      </Form>
    </Layout>
  );
}

function Verdict({ booking, read }: Pick<NamesPreviewView, 'booking' | 'read'>) {
  const { t } = usePage();
  const problems = read.people.filter(({ problem }) => problem).length;
  const unnamed = booking.places - booking.participants.length;
  if (read.people.length === 0) return <Alert tone="warning" title={t('names.preview-empty')} role="status" />;
  if (problems > 0)
    return <Alert tone="warning" title={t('names.preview-problems', { count: problems })} role="status" />;
  if (read.tooMany)
    return <Alert tone="warning" title={t('names.preview-too-many', { count: read.fresh, unnamed })} role="status" />;
  return (
    <Alert tone="info" title={t('names.preview-ready', { count: read.fresh })} role="status">
      <p class="kern-body">{t('names.preview-lead')}</p>
    </Alert>
  );
}

function Rows({ read }: Pick<NamesPreviewView, 'read'>) {
  const { t } = usePage();
  if (read.people.length === 0) return null;
  return (
    <div class="kern-table-responsive" tabIndex={0} role="region" aria-label={t('names.preview-title')}>
      <table class="kern-table">
        <thead class="kern-table__head">
          <tr class="kern-table__row">
            {(['row', 'name', 'email', 'result'] as const).map((key) => (
              <th key={key} class="kern-table__header" scope="col">
                {t(`names.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="kern-table__body">
          {read.people.map(({ number, name, email, problem, twiceOf, namedAlready }) => (
            <tr key={`${number} ${name}`} class="kern-table__row">
              <td class="kern-table__cell">{number}</td>
              <td class="kern-table__cell">{name}</td>
              <td class="kern-table__cell">{email}</td>
              <td class="kern-table__cell">
                {problem ? (
                  <strong>{t(`names.problem-${problem}`, { row: twiceOf ?? 0 })}</strong>
                ) : (
                  t(namedAlready ? 'names.result-there' : 'names.result-new')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Which column is which, where a file has more than it needs. */
function ColumnFields({ table, form }: Pick<NamesPreviewView, 'table' | 'form'>) {
  const { t } = usePage();
  const options = Array.from({ length: widthOf(table) }, (_, index) => {
    const sample = table.find(({ cells }) => (cells[index] ?? '').trim() !== '')?.cells[index] ?? '';
    return { value: String(index), label: t('names.column', { number: index + 1, sample: sample.slice(0, 40) }) };
  });
  return (
    <div class="fields fields--2">
      <SelectField form={form} name="nameColumn" label={t('names.column-name')} options={options} />
      <SelectField
        form={form}
        name="givenNameColumn"
        label={t('names.column-given-name')}
        options={options}
        anyLabel={t('names.column-none')}
        optional
      />
      <SelectField form={form} name="emailColumn" label={t('names.column-email')} options={options} />
    </div>
  );
}

function widthOf(table: Table): number {
  return Math.max(0, ...table.map(({ cells }) => cells.length));
}
