import { Router, type Request, type Response } from 'express';
import { DeskInstitution, DeskInstitutions } from '../../templates/institutions/desk.tsx';
import { institutionPaths } from '../../templates/institutions/paths.ts';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import {
  changeInstitution,
  createInstitution,
  institutionInput,
  institutionsToMend,
  institutionToLookAfter,
} from '../modules/institutions/index.ts';
import { readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { idIn } from './desk-door.ts';
import { noticeIn } from './institution-frame.ts';

/** Those who book, as coordinators know them: their first contact is invited from here. */
export function deskInstitutions(): Router {
  const pages = Router();

  pages.get(institutionPaths.desk(), async (req, res) => {
    await renderAll(req, res, emptyForm);
  });

  pages.post(institutionPaths.desk(), async (req, res) => {
    const form = readForm(institutionInput, req);
    if (form.errors) return renderAll(req, res.status(422), form);
    const id = await createInstitution(actorOf(req), form.value);
    res.redirect(303, institutionPaths.contacts(id, 'institution-added'));
  });

  pages.get(institutionPaths.deskOne(':id'), async (req, res) => {
    const institution = await institutionToLookAfter(actorOf(req), idIn(req, 'id'));
    const { name, kind } = institution;
    render(res, DeskInstitution, { institution, form: startingWith({ name, kind }), notice: noticeIn(req) });
  });

  pages.post(institutionPaths.deskOne(':id'), async (req, res) => {
    const institution = await institutionToLookAfter(actorOf(req), idIn(req, 'id'));
    const form = readForm(institutionInput, req);
    if (form.errors) return render(res.status(422), DeskInstitution, { institution, form, notice: undefined });
    await changeInstitution(actorOf(req), institution.id, form.value);
    res.redirect(303, `${institutionPaths.deskOne(institution.id)}?notice=institution-changed`);
  });

  return pages;
}

async function renderAll(req: Request, res: Response, form: FormState): Promise<void> {
  render(res, DeskInstitutions, { institutions: await institutionsToMend(actorOf(req)), form });
}
