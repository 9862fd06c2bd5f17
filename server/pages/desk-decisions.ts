import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { Decisions, type DecisionsView } from '../../templates/decisions/decisions.tsx';
import { Merge, type MergeTarget } from '../../templates/decisions/merge.tsx';
import { decisionPaths } from '../../templates/decisions/paths.ts';
import { deskPaths } from '../../templates/desk/paths.ts';
import { emptyForm, type FormState } from '../../templates/form.ts';
import {
  cancelRunInput,
  holdAnyway,
  mergePreview,
  mergeRuns,
  mergeTargets,
  runDetails,
  runsToDecide,
} from '../modules/booking/index.ts';
import { runToPlan } from '../modules/scheduling/index.ts';
import { isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { formAgain, previewOrChange, type Rehearse } from './desk-change.ts';
import { idIn } from './desk-door.ts';

const mergeForm = cancelRunInput.extend({
  into: z.string({ error: 'choose-one' }).regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }),
});

/** Runs below their minimum: hold them anyway, merge them, or cancel them. */
export function deskDecisions(rehearse: Rehearse): Router {
  const pages = Router();
  const merge = decisionPaths.merge(':runId');

  pages.get(decisionPaths.decisions(), async (req, res) => {
    const runs = await runsToDecide(actorOf(req));
    render(res, Decisions, { runs, justHeld: req.query['held'] === 'yes' } satisfies DecisionsView);
  });

  pages.post(decisionPaths.holding(':runId'), async (req, res) => {
    const runId = idIn(req, 'runId');
    const done = await orRefusal(holdAnyway(actorOf(req), runId));
    res.redirect(303, isRefusal(done) ? deskPaths.run(runId) : decisionPaths.decisions(true));
  });

  pages.get(merge, async (req, res) => {
    await renderMerge(req, res, idIn(req, 'runId'), emptyForm);
  });

  pages.post(merge, async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const form = readForm(mergeForm, req);
    if (form.errors) return renderMerge(req, res.status(422), runId, form);
    const { into, reason } = form.value;
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId,
        action: decisionPaths.merge(runId),
        values: form.values,
        act: (act) => mergeRuns(actorOf(req), { runId, intoRunId: into, reason }, act),
        form: (refusal) => renderMerge(req, res, runId, formAgain(res, form.values, refusal)),
        quiet: 'run-cancelled',
      },
    );
  });

  return pages;
}

async function renderMerge(req: Request, res: Response, runId: string, form: FormState): Promise<void> {
  const actor = actorOf(req);
  const listing = await runDetails(actor, runId);
  const targets: MergeTarget[] = [];
  if (listing.run.status === 'published')
    for (const target of await mergeTargets(actor, runId))
      targets.push({ listing: target, preview: await mergePreview(actor, { runId, intoRunId: target.run.id }) });
  else await runToPlan(actor, runId);
  render(res, Merge, { listing, targets, form });
}
