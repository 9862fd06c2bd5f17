import type { Response } from 'express';
import type { ComponentType } from 'preact';
import { framed } from '../../templates/framed.tsx';
import { documentOf, keptDocument } from '../platform/view.ts';
import { pageContextOf } from './frame.ts';

/** Answers with a page: `Page` is a function of its view, and knows language, texts and visitor by itself. */
export function render<View extends object>(res: Response, Page: ComponentType<View>, view: View): void {
  res.type('html').send(documentOf(framed(pageContextOf(res.req), Page, view)));
}

/**
 * The same, kept for visitors who have not signed in, as long as `shows` and what every page has in common stay the same.
 * `shows` names everything in the view: a place that is gone makes another page.
 */
export function renderKept<View extends object>(
  res: Response,
  Page: ComponentType<View>,
  view: View,
  shows: readonly (string | number | boolean)[],
): void {
  const context = pageContextOf(res.req);
  const { language, path, visitor, demo, diskMail } = context;
  if (visitor.signedIn || context.formToken !== undefined) {
    render(res, Page, view);
    return;
  }
  const all = [demo, diskMail, ...shows];
  res.type('html').send(keptDocument(`${language} ${path}`, all, () => framed(context, Page, view)));
}
