import { accessFeatures, type AccessFeature } from '../../server/modules/venues/index.ts';
import type { AccessNeed } from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { TextArea } from '../components/fields.tsx';
import { fieldId, type FormState } from '../form.ts';
import { usePage } from '../page.ts';

/** What participants need, for those who prepare the session. */
export function AccessNeeds({ needs }: { needs: readonly AccessNeed[] }) {
  const { t } = usePage();
  return (
    <Section id="access-needs" title={t('rooms.declared-title', { count: needs.length })}>
      <p class="kern-body muted">{t('rooms.declared-lead')}</p>
      <ul class="people">
        {needs.map(({ name, features, note }, index) => (
          <li key={index}>
            <span class="people__name">{`${name}:`}</span>{' '}
            <span>
              {features.map((feature) => t(`rooms.access-${feature}`)).join(', ')}
              {features.length > 0 && note !== '' && ' · '}
              {note !== '' && t('rooms.declared-note', { note })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Whoever needs something may say so; closed at first, open again when something was typed. */
export function AccessFields({
  form,
  prefix,
  isSomebodyElse,
}: {
  form: FormState;
  prefix: string;
  isSomebodyElse?: boolean;
}) {
  const { t } = usePage();
  const typed = Object.entries(form.values).some(([name, value]) => name.startsWith(prefix) && value !== '');
  return (
    <details class="kern-accordion" open={typed || form.errors.some(({ field = '' }) => field.startsWith(prefix))}>
      <summary class="kern-accordion__header">
        <span class="kern-title">{t(isSomebodyElse ? 'rooms.ask-title-person' : 'rooms.ask-title')}</span>
      </summary>
      <div class="kern-accordion__body">
        <p class="kern-body">{t('rooms.ask-lead')}</p>
        <div class="kern-fieldset__body">
          {accessFeatures.map((feature, index) => (
            <FeatureBox
              key={feature}
              form={form}
              name={`${prefix}features[${index}]`}
              prefix={prefix}
              feature={feature}
            />
          ))}
          <TextArea
            form={form}
            name={`${prefix}note`}
            label={t('rooms.ask-note')}
            hint={t('rooms.ask-note-hint')}
            rows={2}
            optional
          />
        </div>
      </div>
    </details>
  );
}

/** Ticked by its value: rows left empty are dropped on the way, and those behind them move up. */
function FeatureBox(props: { form: FormState; name: string; prefix: string; feature: AccessFeature }) {
  const { t } = usePage();
  const { form, name, prefix, feature } = props;
  const isTicked = Object.entries(form.values).some(
    ([other, value]) => other.startsWith(`${prefix}features[`) && value === feature,
  );
  return (
    <div class="kern-form-check">
      <input
        id={fieldId(name)}
        class="kern-form-check__checkbox"
        type="checkbox"
        name={name}
        value={feature}
        checked={isTicked}
      />
      <label class="kern-label" for={fieldId(name)}>
        {t(`rooms.access-${feature}`)}
      </label>
    </div>
  );
}
