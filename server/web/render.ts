import type { Response } from 'express';
import type { ComponentType } from 'preact';
import { framed } from '../../templates/framed.tsx';
import { documentOf } from '../platform/view.ts';
import { pageContextOf } from './frame.ts';

/** Answers with a page: `Page` is a function of its view, and knows language, texts and visitor by itself. */
export function render<View extends object>(res: Response, Page: ComponentType<View>, view: View): void {
  res.type('html').send(documentOf(framed(pageContextOf(res.req), Page, view)));
}
