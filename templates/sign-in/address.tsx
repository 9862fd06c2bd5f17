import { Section } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, FormToken, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

/** Somebody of the demo one can sign in as; all invented. */
export type DemoPerson = {
  name: string;
  email: string;
  role: 'network-coordinator' | 'coordinator' | 'trainer' | 'contact';
};
export type AddressView = { form: FormState; next?: string; demoPeople: readonly DemoPerson[] };

/** The first step of signing in: the address a code is sent to. */
export function SignInAddress({ form, next, demoPeople }: AddressView) {
  const { t } = usePage();
  return (
    <Layout title={t('sign-in.title')} hasErrors={form.errors.length > 0}>
      <ErrorSummary form={form} />
      <p class="kern-body kern-body--large lead">{t('sign-in.lead')}</p>
      <Form action={paths.signIn()}>
        <NextField next={next} />
        <TextField
          form={form}
          name="email"
          type="email"
          label={t('sign-in.email')}
          hint={t('sign-in.email-hint')}
          autocomplete="email"
          width="medium"
        />
        <div class="actions">
          <SubmitButton label={t('sign-in.send-code')} />
        </div>
      </Form>
      <p class="kern-body muted sign-in__aside">{t('sign-in.no-account')}</p>
      {demoPeople.length > 0 && <DemoPeople people={demoPeople} next={next} />}
    </Layout>
  );
}

/** The page to return to; checked again whenever it is used. */
export function NextField({ next }: { next: string | undefined }) {
  return next === undefined ? null : <input type="hidden" name="_next" value={next} />;
}

function DemoPeople({ people, next }: { people: readonly DemoPerson[]; next: string | undefined }) {
  const { t } = usePage();
  return (
    <Section id="demo-people" title={t('sign-in.demo-title')}>
      <p class="kern-body">{t('sign-in.demo-lead')}</p>
      <ul class="demo-people">
        {people.map(({ name, email, role }) => (
          <li key={email} class="demo-people__person">
            <div>
              <p class="kern-title">{name}</p>
              <p class="kern-body kern-body--small">{t(`sign-in.role-${role}`)}</p>
              <p class="kern-body kern-body--small muted">{email}</p>
            </div>
            <form method="post" action={paths.signIn()}>
              <FormToken />
              <NextField next={next} />
              <input type="hidden" name="email" value={email} />
              <button
                type="submit"
                class="kern-btn kern-btn--secondary"
                aria-label={`${t('sign-in.demo-choose')}: ${name}`}
              >
                <span class="kern-label">{t('sign-in.demo-choose')}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Section>
  );
}
