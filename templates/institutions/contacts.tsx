import type { Contact, Institution } from '../../server/modules/people/index.ts';
import { BackLink, Badge, Section } from '../components/display.tsx';
import { Checkbox, Fieldset, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import type { Translate } from '../texts/texts.ts';
import { InstitutionLayout, type InstitutionFrame } from './frame.tsx';
import { institutionPaths } from './paths.ts';

export type ContactsView = InstitutionFrame & {
  contacts: readonly Contact[];
  /** Whether the visitor may say that bookings need approval. */
  decidesApproval: boolean;
  form: FormState;
};

/** Who acts for an institution, and what each of them may do. */
export function InstitutionContacts(view: ContactsView) {
  const { t } = usePage();
  const { contacts, institution, looksAfter, form } = view;
  return (
    <InstitutionLayout {...view} here="contacts" hasErrors={form.errors.length > 0}>
      <ErrorSummary form={form} labelOf={(field) => labelOf(field, t)} />
      <div class="stack">
        <p class="kern-body">{t(contacts.length > 0 ? 'institutions.contacts-lead' : 'institutions.no-contacts')}</p>
        <ul class="teach-list">
          {contacts.map((contact) => (
            <ContactRow key={contact.personId} contact={contact} institution={institution} looksAfter={looksAfter} />
          ))}
        </ul>
      </div>
      <Approval {...view} />
      {looksAfter && (
        <Section id="invite" title={t('institutions.invite')}>
          <Form action={institutionPaths.contacts(institution.id)}>
            <TextField form={form} name="name" label={t('institutions.name')} autocomplete="off" />
            <TextField form={form} name="email" label={t('institutions.email')} type="email" autocomplete="off" />
            <RightsFields form={form} />
            <div class="actions">
              <SubmitButton label={t('institutions.invite-submit')} />
            </div>
          </Form>
        </Section>
      )}
    </InstitutionLayout>
  );
}

function labelOf(field: string, t: Translate): string | undefined {
  if (field === 'name') return t('institutions.name');
  return field === 'email' ? t('institutions.email') : undefined;
}

type RowProps = { contact: Contact; institution: Institution; looksAfter: boolean };

function ContactRow({ contact, institution, looksAfter }: RowProps) {
  const { t } = usePage();
  const { personId, name, email, rights, deputy } = contact;
  return (
    <li class="teach-list__session">
      <h2 class="kern-title">{name}</h2>
      <p class="kern-body muted">{email}</p>
      <p class="contact-rights">
        {rights.map((right) => (
          <Badge key={right} tone={right === 'see' ? 'info' : 'success'} label={t(`institutions.right-${right}`)} />
        ))}
        {deputy && <Badge tone="info" label={t('institutions.deputy')} />}
      </p>
      {looksAfter && (
        <div class="actions">
          <a
            class="kern-btn kern-btn--secondary"
            href={institutionPaths.contact(institution.id, personId)}
            aria-label={`${t('institutions.change-rights')}: ${name}`}
          >
            <span class="kern-label">{t('institutions.change-rights')}</span>
          </a>
        </div>
      )}
    </li>
  );
}

function RightsFields({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('institutions.rights')} hint={t('institutions.everybody-sees')}>
      <Checkbox form={form} name="book" label={t('institutions.may-book')} />
      <Checkbox form={form} name="approve" label={t('institutions.may-approve')} />
      <Checkbox form={form} name="deputy" label={t('institutions.is-deputy')} />
    </Fieldset>
  );
}

function Approval({ institution, decidesApproval }: ContactsView) {
  const { t } = usePage();
  const { id, asksApproval = false } = institution;
  return (
    <Section id="approval" title={t('institutions.approval')}>
      <p class="kern-body">{t(asksApproval ? 'institutions.approval-on' : 'institutions.approval-off')}</p>
      {decidesApproval ? (
        <Form action={institutionPaths.approval(id)}>
          <div class="actions">
            <SubmitButton
              label={t(asksApproval ? 'institutions.approval-stop' : 'institutions.approval-ask')}
              kind="secondary"
              name="asks"
              value={asksApproval ? 'no' : 'yes'}
            />
          </div>
        </Form>
      ) : (
        <p class="kern-body muted">{t('institutions.approval-who')}</p>
      )}
    </Section>
  );
}

export type ContactView = { institution: Institution; contact: Contact; form: FormState };

/** What one contact may do, and the end of their access. */
export function InstitutionContact({ institution, contact, form }: ContactView) {
  const { t } = usePage();
  const { personId, name, email } = contact;
  return (
    <Layout
      title={t('institutions.change-rights-of', { name })}
      preline={institution.name}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={institutionPaths.contacts(institution.id)} label={t('institutions.tab-contacts')} />}
    >
      <ErrorSummary form={form} />
      <p class="kern-body muted">{email}</p>
      <Form action={institutionPaths.contact(institution.id, personId)}>
        <RightsFields form={form} />
        <div class="actions">
          <SubmitButton label={t('institutions.save')} />
          <ButtonLink
            href={institutionPaths.contacts(institution.id)}
            label={t('institutions.tab-contacts')}
            kind="tertiary"
          />
        </div>
      </Form>
      <Section id="removal" title={t('institutions.remove')}>
        <p class="kern-body">{t('institutions.remove-hint', { name })}</p>
        <Form action={institutionPaths.contactRemoval(institution.id, personId)}>
          <div class="actions">
            <SubmitButton label={t('institutions.remove')} kind="secondary" />
          </div>
        </Form>
      </Section>
    </Layout>
  );
}
