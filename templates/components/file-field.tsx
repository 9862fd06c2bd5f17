import { errorOf, fieldId, type FormState } from '../form.ts';
import { usePage } from '../page.ts';

type FileFieldProps = { form: FormState; name: string; label: string; hint: string; accept: string };

/** A file to choose, with its label, hint and mistake. */
export function FileField({ form, name, label, hint, accept }: FileFieldProps) {
  const { t } = usePage();
  const id = fieldId(name);
  const error = errorOf(form, name);
  return (
    <div class={`kern-form-input${error ? ' kern-form-input--error' : ''}`}>
      <label class="kern-label" for={id}>
        {label}
      </label>
      <div class="kern-hint" id={`${id}-hint`}>
        {hint}
      </div>
      <input
        class="kern-form-input__input"
        id={id}
        name={name}
        type="file"
        accept={accept}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
      {error && (
        <p class="kern-error" id={`${id}-error`}>
          <span class="kern-icon kern-icon--danger" aria-hidden="true" />
          <span class="kern-body">{t(error.key, error.values)}</span>
        </p>
      )}
    </div>
  );
}
