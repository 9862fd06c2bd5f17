import type { MailKind } from '../mail/index.ts';
import { placeholdersOf } from '../mail/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { SelectField, TextArea, TextField, type Option } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey } from '../texts/texts.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { FirstButton, FormKey } from './rows.tsx';
import { wordingPaths, type WordingAddress, type WordingNotice } from './wording-paths.ts';

const languages = ['de', 'en'] as const;

export type WordingListView = {
  owners: { providers: Option[]; seminars: Option[] };
  of: string;
  wordable: readonly MailKind[];
  fixed: readonly MailKind[];
  /** The mails that this owner says in words of its own, as `kind language`. */
  own: ReadonlySet<string>;
};

/** Every mail of Mosaik, to look at in both languages. */
export function WordingList({ owners, of, wordable, fixed, own }: WordingListView) {
  const { t } = usePage();
  const options = [
    ...owners.providers.map((one) => ({ ...one, group: t('wording.providers') })),
    ...owners.seminars.map((one) => ({ ...one, group: t('wording.seminars') })),
  ];
  return (
    <DeskLayout title={t('wording.title')} back={{ href: deskPaths.mail(), label: t('desk-mail.title') }} wide>
      <p class="kern-body">{t('wording.lead')}</p>
      <form class="form" method="get" action={wordingPaths.texts()}>
        <SelectField
          form={{ values: { of }, errors: [] }}
          name="of"
          label={t('wording.whose')}
          hint={t('wording.whose-hint')}
          options={options}
        />
        <div class="actions">
          <SubmitButton label={t('wording.show')} kind="secondary" />
        </div>
      </form>
      <Section id="wordable" title={t('wording.wordable')}>
        <Kinds kinds={wordable} of={of} own={own} />
      </Section>
      <Section id="fixed" title={t('wording.fixed')}>
        <Kinds kinds={fixed} of={of} own={own} />
      </Section>
    </DeskLayout>
  );
}

function Kinds({ kinds, of, own }: Pick<WordingListView, 'of' | 'own'> & { kinds: readonly MailKind[] }) {
  const { t } = usePage();
  return (
    <ul class="kern-list kern-list--bullet">
      {kinds.map((kind) => (
        <li key={kind}>
          {t(`desk-mail.kind-${kind}`)}:{' '}
          {languages.map((mail, index) => (
            <>
              {index > 0 && ', '}
              <a class="kern-link kern-link--no-visited-state" href={wordingPaths.text({ kind, of, mail })}>
                {t(`wording.language-${mail}`)}
                <span class="kern-sr-only"> ({t(`desk-mail.kind-${kind}`)})</span>
              </a>
              {own.has(`${kind} ${mail}`) && ` (${t('wording.own')})`}
            </>
          ))}
        </li>
      ))}
    </ul>
  );
}

export type WordingView = {
  address: WordingAddress & { kind: MailKind };
  ownerName: string;
  isWordable: boolean;
  form: FormState;
  formKey: string;
  preview: { subject: string; text: string; htmlUrl: string; isReal: boolean; isTrial: boolean };
  changes: readonly { at: Date; who: string; passages: readonly ('subject' | 'opening' | 'closing')[] }[];
  notice: WordingNotice | undefined;
};

const labels: Record<string, TextKey> = {
  subject: 'wording.subject',
  opening: 'wording.opening',
  closing: 'wording.closing',
};

/** One mail: its words to change, how it looks then, and what was changed before. */
export function WordingPage(view: WordingView) {
  const { t } = usePage();
  const { address, ownerName, isWordable, form, notice, changes } = view;
  const other = address.mail === 'de' ? 'en' : 'de';
  return (
    <DeskLayout
      title={t(`desk-mail.kind-${address.kind}`)}
      preline={t('wording.for', { owner: ownerName, language: t(`wording.language-${address.mail}`) })}
      hasErrors={form.errors.length > 0}
      back={{ href: wordingPaths.texts(address.of), label: t('wording.back') }}
      wide
    >
      {notice && <Alert tone="success" title={t(`wording.${notice}`)} role="status" />}
      <ErrorSummary form={form} labelOf={(field) => labels[field] && t(labels[field])} />
      <p class="kern-body">
        <a class="kern-link kern-link--no-visited-state" href={wordingPaths.text({ ...address, mail: other })}>
          {t('wording.other-language', { language: t(`wording.language-${other}`) })}
        </a>
      </p>
      {isWordable && <Words view={view} />}
      <Look view={view} />
      {changes.length > 0 && <Changes changes={changes} />}
    </DeskLayout>
  );
}

function Words({ view: { address, form, formKey, changes } }: { view: WordingView }) {
  const { t } = usePage();
  const { kind, of, mail } = address;
  const known = placeholdersOf(kind).map((name) => `{{${name}}}`);
  return (
    <Form action={wordingPaths.mail(kind)}>
      <FirstButton value="preview" />
      <FormKey value={formKey} />
      <input type="hidden" name="_of" value={of} />
      <input type="hidden" name="_mail" value={mail} />
      <p class="kern-body">
        {t('wording.empty')} {t('wording.known', { known: known.join(', ') })}
      </p>
      {(kind === 'reminder' || kind === 'follow-up') && <p class="kern-body">{t('wording.to-participants')}</p>}
      <TextField form={form} name="subject" label={t('wording.subject')} maxLength={150} optional />
      <TextArea form={form} name="opening" label={t('wording.opening')} rows={4} optional />
      <TextArea form={form} name="closing" label={t('wording.closing')} rows={4} optional />
      <div class="actions">
        <SubmitButton label={t('wording.preview')} name="_do" value="preview" kind="secondary" />
        <SubmitButton label={t('wording.save')} name="_do" value="save" />
        <SubmitButton label={t('wording.trial')} name="_do" value="trial" kind="secondary" />
        {(changes[0]?.passages.length ?? 0) > 0 && (
          <SubmitButton label={t('wording.reset')} name="_do" value="reset" kind="tertiary" />
        )}
      </div>
    </Form>
  );
}

/** The HTML runs nothing: it stands in a sealed frame. */
function Look({ view: { preview, address } }: { view: WordingView }) {
  const { t } = usePage();
  const { subject, text, htmlUrl, isReal, isTrial } = preview;
  return (
    <Section id="preview" title={t('wording.preview-title')}>
      <p class="kern-body muted">
        {isTrial && `${t('wording.preview-unsaved')} `}
        {t(isReal ? 'wording.real' : 'wording.invented')}
      </p>
      <p class="kern-body">
        <strong>{t('wording.subject')}:</strong> <span lang={address.mail}>{subject}</span>
      </p>
      <iframe class="mail-frame" sandbox="" title={t('wording.frame')} src={htmlUrl} />
      <h3 class="kern-title">{t('wording.plain')}</h3>
      <pre class="source" tabIndex={0} lang={address.mail}>
        {text}
      </pre>
    </Section>
  );
}

function Changes({ changes }: Pick<WordingView, 'changes'>) {
  const { t, language } = usePage();
  return (
    <Section id="history" title={t('wording.history')}>
      <ol class="history">
        {changes.map(({ at, who, passages }) => (
          <li key={at.getTime()} class="history__line">
            <time class="history__when" datetime={at.toISOString()}>
              {momentOf(at, 'Europe/Berlin', language)}
            </time>
            <span class="history__what">
              {passages.length === 0
                ? t('wording.change-reset', { who })
                : t('wording.change', { passages: passages.map((one) => t(`wording.${one}`)).join(', '), who })}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
