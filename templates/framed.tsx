import type { ComponentType, VNode } from 'preact';
import { PageProvider, type PageContext } from './page.ts';

/** A page with its view, in the context that its components ask for. */
export function framed<View extends object>(context: PageContext, Page: ComponentType<View>, view: View): VNode {
  return (
    <PageProvider value={context}>
      <Page {...view} />
    </PageProvider>
  );
}
