import { Alert, BackLink } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { NextField } from './address.tsx';
import { codePath } from './paths.ts';

export type CodeView = {
  form: FormState;
  next?: string;
  /** The code itself, in the demo and on this machine only. */
  demoCode?: string;
  /** No further try has a meaning: a new code is needed. */
  isSpent: boolean;
};

/** The second step of signing in: the code from the mail. Says the same for every address. */
export function SignInCode({ form, next, demoCode, isSpent }: CodeView) {
  const { t } = usePage();
  const again = next === undefined ? paths.signIn() : `${paths.signIn()}?${new URLSearchParams({ next })}`;
  return (
    <Layout
      title={t('sign-in.code-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={again} label={t('sign-in.back-to-address')} />}
    >
      <ErrorSummary form={form} />
      <p class="kern-body kern-body--large lead">{t('sign-in.code-lead')}</p>
      {demoCode !== undefined && (
        <div class="sign-in__demo">
          <Alert tone="info" title={t('sign-in.demo-code', { code: spaced(demoCode) })}>
            <p class="kern-body">{t('sign-in.demo-code-hint')}</p>
          </Alert>
        </div>
      )}
      {isSpent ? (
        <p>
          <a class="kern-btn kern-btn--primary" href={again}>
            <span class="kern-label">{t('sign-in.new-code')}</span>
          </a>
        </p>
      ) : (
        <Form action={codePath()}>
          <NextField next={next} />
          <TextField
            form={form}
            name="code"
            label={t('sign-in.code')}
            hint={t('sign-in.code-hint')}
            autocomplete="one-time-code"
            inputMode="numeric"
            width="short"
          />
          <div class="actions">
            <SubmitButton label={t('sign-in.submit')} />
          </div>
        </Form>
      )}
      <p class="kern-body muted sign-in__aside">{t('sign-in.code-missing')}</p>
    </Layout>
  );
}

function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
