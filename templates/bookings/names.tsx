import { namesWanted, type Booking } from '../../server/modules/booking/index.ts';
import { BackLink, Section } from '../components/display.tsx';
import { TextArea, TextField } from '../components/fields.tsx';
import { FileField } from '../components/file-field.tsx';
import { ErrorSummary, Form, FormToken, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import type { Translate } from '../texts/texts.ts';
import { ByLink } from './details-links.tsx';

/** `mayAsk`: links may still be sent to people who say themselves who they are. */
export type NamesView = { booking: Booking; timeZone: string; mayAsk: boolean; form: FormState };
type NamesForm = Pick<NamesView, 'booking' | 'form'>;
const mostRows = 10;

/** The ways to say who sits in places without names: one by one, by a list, by a file. */
export function NamesPage({ booking, timeZone, mayAsk, form }: NamesView) {
  const { t } = usePage();
  const unnamed = namesWanted(booking);
  return (
    <Layout
      title={t('names.title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} labelOf={(field) => namesLabel(field, t)} />
      <p class="kern-body">
        {unnamed > 0 ? t('names.open', { unnamed }) : t('names.all-named')} {unnamed > 0 && t('names.lead')}
      </p>
      {unnamed > 0 && (
        <>
          <OneByOne booking={booking} form={form} rows={Math.min(unnamed, mostRows)} />
          <ByList booking={booking} form={form} />
          <ByFile booking={booking} form={form} />
          {mayAsk && <ByLink booking={booking} timeZone={timeZone} form={form} />}
        </>
      )}
    </Layout>
  );
}

function OneByOne({ booking, form, rows }: NamesForm & { rows: number }) {
  const { t } = usePage();
  return (
    <Section title={t('names.by-form')} id="by-form">
      <Form action={paths.names(booking.token)}>
        {Array.from({ length: rows }, (_, index) => (
          <div
            key={index}
            class="fields fields--2 person-row"
            role="group"
            aria-label={t('booking.person', { number: index + 1 })}
          >
            <TextField
              form={form}
              name={`participants[${index}].name`}
              label={t('booking.person-name', { number: index + 1 })}
              autocomplete="off"
              optional="unsaid"
            />
            <TextField
              form={form}
              name={`participants[${index}].email`}
              label={t('booking.person-email', { number: index + 1 })}
              type="email"
              inputMode="email"
              autocomplete="off"
              optional="unsaid"
            />
          </div>
        ))}
        <div class="actions">
          <SubmitButton label={t('names.submit')} />
        </div>
      </Form>
    </Section>
  );
}

function ByList({ booking, form }: NamesForm) {
  const { t } = usePage();
  return (
    <Section title={t('names.by-list')} id="by-list">
      <Form action={paths.namesList(booking.token)}>
        <TextArea form={form} name="list" label={t('names.list')} hint={t('names.list-hint')} rows={6} />
        <div class="actions">
          <SubmitButton label={t('names.show-list')} kind="secondary" />
        </div>
      </Form>
    </Section>
  );
}

function ByFile({ booking, form }: NamesForm) {
  const { t } = usePage();
  return (
    <Section title={t('names.by-file')} id="by-file">
      <form class="form" method="post" action={paths.namesFile(booking.token)} encType="multipart/form-data" novalidate>
        <FormToken />
        <FileField
          form={form}
          name="file"
          label={t('names.file')}
          hint={t('names.file-hint')}
          accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain"
        />
        <div class="actions">
          <SubmitButton label={t('names.show-file')} kind="secondary" />
        </div>
      </form>
    </Section>
  );
}

export function namesLabel(field: string, t: Translate): string | undefined {
  const [, index, part] = /^participants\[(\d+)\]\.(name|email)$/.exec(field) ?? [];
  if (index !== undefined)
    return t(part === 'name' ? 'booking.person-name' : 'booking.person-email', { number: Number(index) + 1 });
  if (field === 'emails') return t('names.link-addresses');
  if (field === 'list') return t('names.list');
  return field === 'file' ? t('names.file') : undefined;
}
