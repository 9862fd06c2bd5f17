import { h, type ComponentChildren } from 'preact';
import { errorOf, errorsOf, fieldId, notesOf, type FieldError as Mistake, type FormState } from '../form.ts';
import { usePage } from '../page.ts';

type FieldProps = {
  form: FormState;
  name: string;
  label: string;
  hint?: string;
  /** Fields are needed unless they say so; `unsaid` where everything is optional, as in a filter. */
  optional?: boolean | 'unsaid';
};
type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'date' | 'time' | 'number' | 'search' | 'url';
  autocomplete?: string;
  inputMode?: 'numeric' | 'email' | 'text' | 'url';
  /** How wide the answer is. */
  width?: 'short' | 'medium';
  maxLength?: number;
  language?: string;
};

/** One line of text with its label, hint and mistake; keeps what was typed. */
export function TextField(props: TextFieldProps) {
  const { form, name, type = 'text', autocomplete, inputMode, width, maxLength } = props;
  // JSX types an input by the literal of its type, which is a variable here.
  const input = h('input', {
    ...controlOf(props),
    class: `kern-form-input__input${errorOf(form, name) ? ' kern-form-input__input--error' : ''}`,
    type,
    value: form.values[name] ?? '',
    autocomplete,
    inputMode,
    maxLength,
    spellcheck: type === 'email' ? false : undefined,
  });
  return (
    <Field {...props} width={width}>
      {input}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea(props: FieldProps & { rows?: number }) {
  const { form, name, rows = 4 } = props;
  return (
    <Field {...props}>
      <textarea
        {...controlOf(props)}
        class={`kern-form-input__input${errorOf(form, name) ? ' kern-form-input__input--error' : ''}`}
        rows={rows}
      >
        {form.values[name] ?? ''}
      </textarea>
    </Field>
  );
}

/** `group`: options of the same one stand together, under its name. */
export type Option = { value: string; label: string; language?: string; group?: string };

/** One of several. `anyLabel` names the choice of none. */
export function SelectField(props: FieldProps & { options: readonly Option[]; anyLabel?: string }) {
  const { form, name, options, anyLabel } = props;
  const chosen = form.values[name] ?? '';
  const isUnknown = chosen !== '' && !options.some(({ value }) => value === chosen);
  return (
    <Field {...props}>
      <div class="kern-form-input__select-wrapper">
        <select
          {...controlOf(props)}
          class={`kern-form-input__select${errorOf(form, name) ? ' kern-form-input__select--error' : ''}`}
        >
          {anyLabel !== undefined && <option value="">{anyLabel}</option>}
          {isUnknown && (
            <option value={chosen} selected>
              {chosen}
            </option>
          )}
          {[...new Set(options.map(({ group }) => group))].map((group) => (
            <OptionGroup key={group} name={group}>
              {options
                .filter((option) => option.group === group)
                .map(({ value, label, language }) => (
                  <option key={value} value={value} selected={value === chosen} lang={language}>
                    {label}
                  </option>
                ))}
            </OptionGroup>
          ))}
        </select>
      </div>
    </Field>
  );
}

function OptionGroup({ name, children }: { name: string | undefined; children: ComponentChildren }) {
  return name === undefined ? <>{children}</> : <optgroup label={name}>{children}</optgroup>;
}

/** Yes or nothing. */
export function Checkbox({ form, name, label, value = 'on' }: FieldProps & { value?: string }) {
  const id = fieldId(name);
  const error = errorOf(form, name);
  return (
    <div class={`kern-form-check${error ? ' kern-form-check--error' : ''}`}>
      <input
        id={id}
        class={`kern-form-check__checkbox${error ? ' kern-form-check__checkbox--error' : ''}`}
        type="checkbox"
        name={name}
        value={value}
        checked={form.values[name] === value}
        aria-describedby={error ? `${id}-error` : undefined}
        aria-invalid={error ? 'true' : undefined}
      />
      <label class="kern-label" for={id}>
        {label}
      </label>
      <FieldError form={form} name={name} />
    </div>
  );
}

/** Fields that belong together, under a legend. */
export function Fieldset({ legend, hint, children }: { legend: string; hint?: string; children: ComponentChildren }) {
  return (
    <fieldset class="kern-fieldset">
      <legend class="kern-label kern-label--large">{legend}</legend>
      {hint && <p class="kern-hint">{hint}</p>}
      <div class="kern-fieldset__body">{children}</div>
    </fieldset>
  );
}

function Field(props: FieldProps & { width?: string | undefined; children: ComponentChildren }) {
  const { t } = usePage();
  const { form, name, label, hint, optional, width, children } = props;
  const id = fieldId(name);
  const classes = ['kern-form-input', errorOf(form, name) && 'kern-form-input--error', width && `field--${width}`];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      <label class="kern-label" for={id}>
        {label}
        {optional === true && <span class="kern-label__optional"> ({t('layout.optional')})</span>}
      </label>
      {hint && (
        <div class="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children}
      <FieldError form={form} name={name} />
      <FieldNotes form={form} name={name} />
    </div>
  );
}

/** What is worth knowing about the answer, with the way to it. */
function FieldNotes({ form, name }: { form: FormState; name: string }) {
  const { t } = usePage();
  const notes = notesOf(form, name);
  if (notes.length === 0) return null;
  return (
    <ul class="field-notes" id={`${fieldId(name)}-note`}>
      {notes.map(({ key, values, link }) => (
        <li key={`${key} ${JSON.stringify(values)}`}>
          {t(key, values)} {link && <FurtherLink link={link} />}
        </li>
      ))}
    </ul>
  );
}

function FurtherLink({ link }: { link: NonNullable<Mistake['link']> }) {
  const { t } = usePage();
  return (
    <a class="kern-link kern-link--no-visited-state" href={link.href}>
      {t(link.key)}
    </a>
  );
}

function FieldError({ form, name }: { form: FormState; name: string }) {
  const { t } = usePage();
  const errors = errorsOf(form, name);
  if (errors.length === 0) return null;
  return (
    <div id={`${fieldId(name)}-error`}>
      {errors.map(({ key, values, link }) => (
        <p class="kern-error" key={`${key} ${JSON.stringify(values)}`}>
          <span class="kern-icon kern-icon--danger" aria-hidden="true" />
          <span class="kern-body">
            {t(key, values)}
            {link && (
              <>
                {' '}
                <FurtherLink link={link} />
              </>
            )}
          </span>
        </p>
      ))}
    </div>
  );
}

function controlOf(props: FieldProps) {
  return {
    id: fieldId(props.name),
    name: props.name,
    'aria-describedby': describedBy(props),
    'aria-invalid': errorOf(props.form, props.name) ? ('true' as const) : undefined,
    'aria-required': props.optional ? undefined : ('true' as const),
  };
}

function describedBy({ form, name, hint }: FieldProps): string | undefined {
  const id = fieldId(name);
  const notes = notesOf(form, name).length > 0 && `${id}-note`;
  const ids = [hint && `${id}-hint`, errorOf(form, name) && `${id}-error`, notes].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
