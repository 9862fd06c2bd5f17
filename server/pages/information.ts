import { Router } from 'express';
import { TextPage, type TextPageView } from '../../templates/information/text-page.tsx';
import { paths } from '../../templates/paths.ts';
import { render } from '../web/render.ts';

const imprint: TextPageView = {
  title: 'layout.imprint',
  parts: [
    { heading: 'information.who', text: 'information.who-text' },
    { heading: 'information.contents', text: 'information.contents-text' },
    { heading: 'information.software', text: 'information.software-text' },
  ],
};
const privacy: TextPageView = {
  title: 'layout.privacy',
  parts: [
    { heading: 'information.data', text: 'information.data-text' },
    { heading: 'information.purpose', text: 'information.purpose-text' },
    { heading: 'information.readers', text: 'information.readers-text' },
    { heading: 'information.cookies', text: 'information.cookies-text' },
    { heading: 'information.rights', text: 'information.rights-text' },
  ],
};
const accessibility: TextPageView = {
  title: 'layout.accessibility',
  parts: [
    { heading: 'information.state', text: 'information.state-text' },
    { heading: 'information.gaps', text: 'information.gaps-text' },
    { heading: 'information.feedback', text: 'information.feedback-text' },
    { heading: 'information.mediation', text: 'information.mediation-text' },
  ],
};

/** What must be reachable from every page. */
export function information(): Router {
  const pages = Router();
  pages.get(paths.imprint(), (_req, res) => render(res, TextPage, imprint));
  pages.get(paths.privacy(), (_req, res) => render(res, TextPage, privacy));
  pages.get(paths.accessibility(), (_req, res) => render(res, TextPage, accessibility));
  return pages;
}
