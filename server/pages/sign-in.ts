import { Router, type Request, type Response } from 'express';
import { emptyForm, type FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import { SignInAddress, type DemoPerson } from '../../templates/sign-in/address.tsx';
import { SignInCode } from '../../templates/sign-in/code.tsx';
import { codePath } from '../../templates/sign-in/paths.ts';
import {
  actorOfPerson,
  demoCodeOf,
  finishSignIn,
  isDemo,
  signInCodeInput,
  signInInput,
  startSignIn,
} from '../modules/auth/index.ts';
import type { Person } from '../modules/people/index.ts';
import { anyone, type Role } from '../modules/history/index.ts';
import { formField, isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { isAtThisMachine } from '../web/loopback.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { personal } from '../web/security.ts';
import { beginSignInSession, endSignInSession } from '../web/sign-in-session.ts';
import { attemptOf, forgetAttempt, noteAttempt } from './sign-in-attempt.ts';
import { homeOf, localPath } from './sign-in-next.ts';

type Invented = Pick<Person, 'name' | 'email'> & { roles: readonly Pick<Role, 'kind'>[] };
/** `demoPeople`: whom one can sign in as where the data are a demo. */
export type SignInSettings = { baseUrl: string; demoPeople?: readonly Invented[] };

/** Signing in with a code that is sent by mail, and signing out. The answers are the same for every address. */
export function signIn({ baseUrl, demoPeople = [] }: SignInSettings): Router {
  const isHttps = baseUrl.startsWith('https://');
  const pages = Router();
  pages.use(paths.signIn(), personal);

  pages.get(paths.signIn(), async (req, res) => {
    if (actorOf(req).kind === 'person') return res.redirect(303, nextOf(req) ?? homeOf(actorOf(req)));
    await renderAddress(req, res, emptyForm);
  });

  pages.post(paths.signIn(), async (req, res) => {
    const form = readForm(signInInput, req);
    if (form.errors) return renderAddress(req, res.status(422), form);
    const begun = await orRefusal(startSignIn(form.value));
    if (isRefusal(begun)) return renderAddress(req, res.status(429), refusedForm(form.values, begun, 'email'));

    noteAttempt(res, begun.id, isHttps);
    res.redirect(303, codePath(nextOf(req)));
  });

  pages.get(codePath(), async (req, res) => {
    if (!attemptOf(req, isHttps)) return res.redirect(303, paths.signIn());
    await renderCode(req, res, emptyForm);
  });

  pages.post(codePath(), async (req, res) => {
    const form = readForm(signInCodeInput.omit({ id: true }), req);
    if (form.errors) return renderCode(req, res.status(422), form);
    const id = attemptOf(req, isHttps) ?? '';
    const person = await orRefusal(finishSignIn({ id, code: form.value.code }));
    if (isRefusal(person)) return renderCode(req, res.status(422), refusedForm({}, person, 'code'));

    await beginSignInSession(req, person.id);
    forgetAttempt(res, isHttps);
    res.redirect(303, nextOf(req) ?? homeOf((await actorOfPerson(person.id)) ?? anyone));
  });

  pages.post(paths.signOut(), async (req, res) => {
    await endSignInSession(req);
    res.redirect(303, paths.catalogue());
  });

  return pages;

  async function renderAddress(req: Request, res: Response, form: FormState): Promise<void> {
    render(res, SignInAddress, {
      form,
      ...nextIn(req),
      demoPeople: (await showsDemo(req)) ? demoPeople.map(introduced) : [],
    });
  }

  async function renderCode(req: Request, res: Response, form: FormState): Promise<void> {
    const attempt = attemptOf(req, isHttps);
    const demoCode = attempt && isAtThisMachine(req) ? await demoCodeOf(attempt) : undefined;
    const isSpent = form.errors.some(({ key }) => key === 'refusals.code-expired');
    render(res, SignInCode, { form, ...nextIn(req), ...(demoCode !== undefined && { demoCode }), isSpent });
  }
}

function introduced({ name, email, roles }: Invented): DemoPerson {
  return { name, email, role: roles[0]?.kind ?? 'trainer' };
}

/** Only invented people are named, and only to whoever sits at this machine. */
async function showsDemo(req: Request): Promise<boolean> {
  return isAtThisMachine(req) && (await isDemo());
}

function nextIn(req: Request): { next?: string } {
  const next = nextOf(req);
  return next === undefined ? {} : { next };
}

function nextOf(req: Request): string | undefined {
  return localPath(req.method === 'GET' ? req.query['next'] : formField(req, '_next'));
}
