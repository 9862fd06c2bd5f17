import { Router, type Request, type Response } from 'express';
import { WordingList, WordingPage } from '../../templates/desk/wording.tsx';
import { wordingNotices, wordingPaths, type WordingNotice } from '../../templates/desk/wording-paths.ts';
import { startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import {
  isMailKind,
  isWordable,
  mailKinds,
  placeholdersOf,
  renderMail,
  unknownIn,
  wordableKinds,
} from '../../templates/mail/index.ts';
import { seminarsOf } from '../modules/catalogue/index.ts';
import { personById } from '../modules/people/index.ts';
import {
  changeWording,
  passages,
  resetWording,
  tryWording,
  wordingHistory,
  wordingInput,
  wordingsOf,
  type Wording,
} from '../modules/wording/index.ts';
import { notFound } from '../platform/errors.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, readForm, readQuery } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { idIn, providersOf } from './desk-door.ts';
import { exampleFor, ownerIn, type Asked } from './desk-wording-example.ts';
import { sealed } from './sealed-mail.ts';

/** The texts of all mails: to look at, to say in other words, to try out and to take back. */
export function deskWording(): Router {
  const pages = Router();
  const text = wordingPaths.mail(':kind');

  pages.get(wordingPaths.texts(), async (req, res) => {
    const actor = actorOf(req);
    const [providers, seminars] = await Promise.all([providersOf(actor), seminarsOf(actor)]);
    const { of, owner } = await ownerIn(req, typeof req.query['of'] === 'string' ? req.query['of'] : undefined);
    render(res, WordingList, {
      owners: {
        providers: providers.map(({ id, name }) => ({ value: `provider:${id}`, label: name, language: 'de' })),
        seminars: seminars.map(({ id, title, language }) => ({ value: `seminar:${id}`, label: title, language })),
      },
      of,
      wordable: wordableKinds,
      fixed: mailKinds.filter((kind) => !isWordable(kind)),
      own: await wordingsOf(actor, owner),
    });
  });

  pages.get(text, async (req, res) => {
    const asked = await askedIn(req, req.query);
    const [latest] = await wordingHistory(actorOf(req), asked);
    const form = startingWith({ ...latest?.wording });
    await renderText(req, res, asked, form, { wording: latest?.wording ?? {}, isTrial: false });
  });

  pages.get(wordingPaths.html(':kind'), async (req, res) => {
    const asked = await askedIn(req, req.query);
    const { of: _owner, mail: _language, ...words } = req.query;
    const form = readQuery(wordingInput, { query: words });
    const { facts } = await exampleFor(req, asked);
    const { html } = renderMail(asked.kind, asked.language, facts, form.value ?? {});
    sealed(res).send(html);
  });

  pages.post(text, async (req, res) => {
    const asked = await askedIn(req, { of: formField(req, '_of'), mail: formField(req, '_mail') });
    if (!isWordable(asked.kind)) throw notFound('text');
    const done = (notice: WordingNotice) =>
      res.redirect(303, wordingPaths.text({ kind: asked.kind, of: asked.of, mail: asked.language }, notice));
    const act = formField(req, '_do');
    if (act === 'reset') {
      await resetWording(actorOf(req), asked);
      return done('was-reset');
    }
    const form = readForm(wordingInput, req);
    const errors = form.errors ?? unknownErrors(asked, form.value);
    const state = { values: form.values, errors };
    if (errors.length > 0 || !form.value)
      return renderText(req, res.status(422), asked, state, { wording: {}, isTrial: false });
    const wording = form.value;
    if (act === 'save') {
      await changeWording(actorOf(req), { ...asked, wording });
      return done('saved');
    }
    if (act === 'trial') {
      const { runId } = await exampleFor(req, asked);
      await tryWording(actorOf(req), { ...asked, wording, runId, key: formField(req, '_key') ?? randomSecret() });
    }
    const notice = act === 'trial' ? ('tried' as const) : undefined;
    await renderText(req, res, asked, state, { wording, isTrial: true, notice });
  });

  return pages;
}

/** Which mail, whose words and in which language; whatever is none of these is not there. @throws not-found */
async function askedIn(req: Request, { of, mail }: { of?: unknown; mail?: unknown }): Promise<Asked> {
  const kind = idIn(req, 'kind');
  if (!isMailKind(kind)) throw notFound('text');
  const owner = await ownerIn(req, typeof of === 'string' ? of : undefined);
  return { ...owner, kind, language: mail === 'en' ? 'en' : 'de' };
}

function unknownErrors({ kind }: Asked, wording: Wording): FieldError[] {
  const known = placeholdersOf(kind)
    .map((name) => `{{${name}}}`)
    .join(', ');
  return unknownIn(kind, wording).map(({ passage, unknown }) => ({
    field: passage,
    key: 'wording.unknown-placeholder',
    values: { unknown: unknown.join(', '), known },
  }));
}

type Shown = { wording: Wording; isTrial: boolean; notice?: WordingNotice | undefined };

async function renderText(req: Request, res: Response, asked: Asked, form: FormState, shown: Shown): Promise<void> {
  const { kind, of, language, ownerName } = asked;
  const { facts, isReal } = await exampleFor(req, asked);
  const { subject, text } = renderMail(kind, language, facts, shown.wording);
  const query = new URLSearchParams({ of, mail: language, ...shown.wording });
  render(res, WordingPage, {
    address: { kind, of, mail: language },
    ownerName,
    isWordable: isWordable(kind),
    form,
    formKey: randomSecret(),
    preview: { subject, text, htmlUrl: `${wordingPaths.html(kind)}?${query}`, isReal, isTrial: shown.isTrial },
    changes: await changesOf(req, asked),
    notice: shown.notice ?? wordingNotices.find((notice) => notice === req.query['notice']),
  });
}

async function changesOf(req: Request, asked: Asked) {
  const changes = await wordingHistory(actorOf(req), asked);
  const told = [];
  for (const { at, by, wording } of changes) {
    const who = by.id === undefined ? 'Mosaik' : ((await personById(by.id))?.name ?? 'Mosaik');
    told.push({ at, who, passages: passages.filter((passage) => wording[passage] !== undefined) });
  }
  return told;
}
