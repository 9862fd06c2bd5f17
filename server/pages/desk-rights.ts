import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { rightsNotices, rightsPaths } from '../../templates/desk/rights-paths.ts';
import { RunRights } from '../../templates/desk/rights.tsx';
import type { FieldError, FormState } from '../../templates/form.ts';
import {
  admissionInput,
  contingentsOfRun,
  institutionLimitInput,
  keepPlaces,
  keepPlacesInput,
  releaseContingent,
  runDetails,
  setAdmission,
  setInstitutionLimit,
  type AdmissionInput,
  type KeepPlaces,
} from '../modules/booking/index.ts';
import { institutionKinds } from '../modules/people/index.ts';
import { runToPlan, type Run } from '../modules/scheduling/index.ts';
import type { AppError } from '../platform/errors.ts';
import { formField, isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';

const limitForm = z.strictObject({ perInstitution: institutionLimitInput.optional() });
const lines = z.string().max(9_000, { error: 'too-long' }).optional();
const admissionForm = z.strictObject({ listed: z.enum(['yes', 'no']), admitted: lines, domains: lines, codes: lines });
const { places, releaseOn, releaseTime } = keepPlacesInput.shape;
const keepForm = z.strictObject({ places, releaseOn, releaseTime, institutions: lines });

/** Who may book a run, how many places one institution may hold, and for whom some are kept. */
export function deskRights(): Router {
  const pages = Router();

  pages.get(rightsPaths.rights(':runId'), async (req, res) => {
    await renderRights(req, res, { values: {}, errors: [] });
  });

  pages.post(rightsPaths.admission(':runId'), async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const sent = readForm(admissionForm, req);
    if (sent.errors) return renderRights(req, res.status(422), sent);
    const wish = admissionInput.safeParse(admissionIn(sent.value));
    if (!wish.success)
      return renderRights(req, res.status(422), { values: sent.values, errors: wrongLines(wish.error) });
    const done = await orRefusal(setAdmission(actorOf(req), { runId, ...wish.data }));
    if (isRefusal(done)) return refuse(req, res, sent.values, done);
    res.redirect(303, rightsPaths.rights(runId, 'admission-set'));
  });

  pages.post(rightsPaths.limit(':runId'), async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const form = readForm(limitForm, req);
    if (form.errors) return renderRights(req, res.status(422), form);
    const done = await orRefusal(setInstitutionLimit(actorOf(req), { runId, ...form.value }));
    if (isRefusal(done)) return refuse(req, res, form.values, done);
    res.redirect(303, rightsPaths.rights(runId, 'limit-set'));
  });

  pages.post(rightsPaths.contingents(':runId'), async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const sent = readForm(keepForm, req);
    const values = { ...sent.values, ...kindsAsTicked(req) };
    if (sent.errors) return renderRights(req, res.status(422), { values, errors: sent.errors });
    const wish = keepPlacesInput.safeParse(wishIn(req, sent.value));
    if (!wish.success)
      return renderRights(req, res.status(422), {
        values,
        errors: [{ field: 'institutions', key: 'rights.keep-for-nobody' }],
      });
    const done = await orRefusal(keepPlaces(actorOf(req), { runId, ...wish.data }));
    if (isRefusal(done)) return refuse(req, res, values, done);
    res.redirect(303, rightsPaths.rights(runId, 'places-kept'));
  });

  pages.post(rightsPaths.release(':runId', ':contingentId'), async (req, res) => {
    const [runId, contingentId] = [idIn(req, 'runId'), idIn(req, 'contingentId')];
    const done = await orRefusal(releaseContingent(actorOf(req), { runId, contingentId }));
    // Pressed twice, or released by itself meanwhile: it is what was wanted.
    if (isRefusal(done) && done.code !== 'contingent-over') return refuse(req, res, {}, done);
    res.redirect(303, rightsPaths.rights(runId, 'places-released'));
  });

  return pages;
}

const fieldOf: Readonly<Record<string, string>> = {
  'contingent-too-large': 'places',
  'release-in-the-past': 'releaseOn',
};

function refuse(req: Request, res: Response, values: Record<string, string>, refusal: AppError): Promise<void> {
  const form = refusedForm(values, refusal, fieldOf[refusal.code]);
  return renderRights(req, res.status(statusOfKind[refusal.kind]), form);
}

async function renderRights(req: Request, res: Response, form: FormState): Promise<void> {
  const runId = idIn(req, 'runId');
  const contingents = await contingentsOfRun(actorOf(req), runId);
  const details = await runDetails(actorOf(req), runId);
  const first = { ...rightsAsSet(details.run), releaseTime: '12:00' };
  render(res, RunRights, {
    details,
    contingents,
    form: { ...form, values: { ...first, ...form.values } },
    notice: rightsNotices.find((notice) => notice === req.query['notice']),
  });
}

function rightsAsSet({ perInstitution, admission, access }: Run): Record<string, string> {
  const { institutions = [], domains = [], codes = [] } = admission ?? {};
  return {
    listed: access === 'closed' ? 'no' : 'yes',
    admitted: institutions.map(({ name }) => name).join('\n'),
    domains: domains.join('\n'),
    codes: codes.join('\n'),
    ...(perInstitution !== undefined && { perInstitution: String(perInstitution) }),
  };
}

function admissionIn({ listed, admitted, domains, codes }: z.infer<typeof admissionForm>): AdmissionInput {
  return {
    listed: listed === 'yes',
    institutions: linesOf(admitted),
    domains: linesOf(domains).map((line) => line.replace(/^@/, '')),
    codes: linesOf(codes),
  };
}

/** What is wrong with one of the lines, at the field they stand in. */
function wrongLines({ issues }: z.ZodError): FieldError[] {
  const fields = [
    ...new Set(issues.map(({ path: [field] }) => (field === 'institutions' ? 'admitted' : String(field)))),
  ];
  return fields.map((field) => ({
    field,
    key: field === 'codes' ? 'errors.code-too-short' : field === 'domains' ? 'errors.domain' : 'errors.invalid',
  }));
}

function linesOf(text = ''): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
}

function kindsAsTicked(req: Request): Record<string, string> {
  return Object.fromEntries(kindsIn(req).map((kind) => [`_kind_${kind}`, 'on']));
}

function kindsIn(req: Request) {
  return institutionKinds.filter((kind) => formField(req, `_kind_${kind}`) !== undefined);
}

/** One institution a line. */
function wishIn(req: Request, { institutions, ...wish }: z.infer<typeof keepForm>): KeepPlaces {
  return { ...wish, institutions: linesOf(institutions), kinds: kindsIn(req) };
}
