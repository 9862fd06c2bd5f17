import type { ComponentChildren } from 'preact';
import { fieldId, type FieldError, type FormState } from '../form.ts';
import { usePage } from '../page.ts';

/** A POST form with the token of the sign-in session. Mistakes are told by the server, in the page's language. */
export function Form({ action, children, label }: { action: string; children: ComponentChildren; label?: string }) {
  return (
    <form class="form" method="post" action={action} novalidate aria-label={label}>
      <FormToken />
      {children}
    </form>
  );
}

export function FormToken() {
  const { formToken } = usePage();
  return formToken ? <input type="hidden" name="_token" value={formToken} /> : null;
}

type ErrorSummaryProps = {
  form: FormState;
  /** The label of a field, said before what is wrong with it. */
  labelOf?: (field: string) => string | undefined;
};

/** All mistakes of a form in one place, each a link to its field. Gets the focus, so that nobody has to search. */
export function ErrorSummary({ form, labelOf }: ErrorSummaryProps) {
  const { t } = usePage();
  const sentence = ({ field, key, values }: FieldError) => {
    const label = field === undefined ? undefined : labelOf?.(field);
    return label === undefined ? t(key, values) : `${label}: ${t(key, values)}`;
  };
  if (form.errors.length === 0) return null;
  return (
    <div class="kern-alert kern-alert--danger error-summary" role="alert" tabIndex={-1} autofocus>
      <div class="kern-alert__header">
        <span class="kern-icon kern-icon--danger" aria-hidden="true" />
        <h2 class="kern-title">{t('errors.summary', { count: form.errors.length })}</h2>
      </div>
      <div class="kern-alert__body">
        <ul class="error-summary__list">
          {form.errors.map((error) => (
            <li key={`${error.field} ${error.key}`}>
              {error.field === undefined ? (
                <span class="kern-body">{sentence(error)}</span>
              ) : (
                <a class="kern-link kern-link--no-visited-state" href={`#${fieldId(error.field)}`}>
                  {sentence(error)}
                </a>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

type ButtonKind = 'primary' | 'secondary' | 'tertiary';

export function SubmitButton(props: {
  label: string;
  kind?: ButtonKind;
  name?: string;
  value?: string;
  block?: boolean;
}) {
  const { label, kind = 'primary', name, value, block } = props;
  return (
    <button
      type="submit"
      class={`kern-btn kern-btn--${kind}${block ? ' kern-btn--block' : ''}`}
      name={name}
      value={value}
    >
      <span class="kern-label">{label}</span>
    </button>
  );
}

export function ButtonLink({ href, label, kind = 'primary' }: { href: string; label: string; kind?: ButtonKind }) {
  return (
    <a class={`kern-btn kern-btn--${kind}`} href={href}>
      <span class="kern-label">{label}</span>
    </a>
  );
}
